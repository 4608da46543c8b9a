#include "inspector/commands/order.h"

#include "inspector/models/strangetext.h"

#include <QCoreApplication>
#include <QMainWindow>
#include <QMessageBox>
#include <QStatusBar>

namespace inspector {

using namespace Qt::StringLiterals;
using net::wire::CommandResult;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(inspector::Order)
};

void tell(QWidget *window, const QString &verb, const CommandResult &result)
{
    if (result.done) {
        if (auto *const main = qobject_cast<QMainWindow *>(window))
            main->statusBar()->showMessage(Texts::tr("%1: done").arg(verb), 4000);
        return;
    }
    auto *const box =
        new QMessageBox(QMessageBox::Warning, Texts::tr("Not done"),
                        Texts::tr("The application has not carried out \"%1\".").arg(verb), QMessageBox::Ok, window);
    box->setObjectName(u"orderRefused"_s);
    box->setInformativeText(plainTip(result.message));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace

void give(Session &session, const Order &order, QWidget *window)
{
    AgentFeed *const feed = session.feed(order.key.process);
    const quint64 id = feed ? feed->link().command(order.key.subject, order.verb, order.arguments) : 0;
    if (!id) {
        const QString why = feed && feed->link().state() == Link::State::Attached
                                ? Texts::tr("It uses a version of libnet that knows no control.")
                                : Texts::tr("The inspector is not attached to it.");
        tell(window, order.verb, {.done = false, .message = why});
        return;
    }
    auto *const answer = new QObject(window);
    QObject::connect(&feed->link(), &Link::answered, answer,
                     [answer, window, id, verb = order.verb](const CommandResult &result) {
                         if (result.id != id)
                             return;
                         answer->deleteLater();
                         tell(window, verb, result);
                     });
}

void undoAll(Session &session)
{
    for (const auto &feed : session.feeds())
        feed->link().command(0, u"disarmAll"_s);
}

} // namespace inspector
