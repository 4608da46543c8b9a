#include "inspector/views/filterbar.h"

#include "inspector/models/filteredit.h"
#include "inspector/models/units.h"
#include "inspector/views/colours.h"
#include "inspector/views/filtercompleter.h"
#include "inspector/views/filterhelpwindow.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

namespace inspector {

using namespace Qt::StringLiterals;

FilterBar::FilterBar(FilterState &filter, FilterCompletion::Seen seen, QWidget *parent)
    : QWidget(parent),
      m_filter(filter),
      m_edit(new QLineEdit),
      m_completer(new FilterCompleter(m_edit, std::move(seen))),
      m_message(new QLabel),
      m_counts(new QLabel),
      m_undo(new QAction(tr("&Undo filter"), this)),
      m_redo(new QAction(tr("&Redo filter"), this))
{
    m_edit->setObjectName(u"filter"_s);
    m_edit->setAccessibleName(tr("Filter"));
    m_edit->setClearButtonEnabled(true);
    m_edit->setPlaceholderText(tr("Filter, for example:  state:open  remote:10.*  port>1024  bytes>1M  -server:echo"));
    m_edit->setContextMenuPolicy(Qt::CustomContextMenu);
    m_edit->installEventFilter(this);
    m_message->setObjectName(u"filterMessage"_s);
    m_message->setTextFormat(Qt::PlainText);
    m_message->hide();
    m_counts->setObjectName(u"filterCounts"_s);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 4, 10, 4);
    layout->setSpacing(4);
    layout->addWidget(m_edit, 1);
    m_recent = addButton(u"filterRecent"_s, tr("Filters used before"), u"▾"_s, Qt::ALT | Qt::Key_Down);
    m_help = addButton(u"filterHelpButton"_s, tr("Filter &language"), u"?"_s, QKeySequence::HelpContents);
    layout->addSpacing(4);
    layout->addWidget(m_message);
    layout->addWidget(m_counts);
    setFocusProxy(m_edit);
    m_undo->setShortcut(QKeySequence::Undo);
    m_redo->setShortcuts(QKeySequence::Redo);
    addActions({m_undo, m_redo, m_recent, m_help});
    connect(m_edit, &QLineEdit::textChanged, this, &FilterBar::apply);
    connect(m_edit, &QLineEdit::textEdited, this, [this] { m_completer->offer(false); });
    connect(m_edit, &QLineEdit::editingFinished, this, &FilterBar::commit);
    connect(m_edit, &QLineEdit::returnPressed, this, [this] { m_edit->selectAll(); });
    connect(m_edit, &QWidget::customContextMenuRequested, this, &FilterBar::showLineMenu);
    connect(m_undo, &QAction::triggered, this, [this] {
        commit();
        step(m_history.undo(m_edit->text()));
    });
    connect(m_redo, &QAction::triggered, this, [this] { step(m_history.redo()); });
    connect(m_recent, &QAction::triggered, this, &FilterBar::showRecent);
    connect(m_help, &QAction::triggered, this, &FilterBar::showHelp);
    showSteps();
}

QAction *FilterBar::addButton(const QString &name, const QString &text, const QString &sign, const QKeySequence &key)
{
    auto *action = new QAction(text, this);
    action->setShortcut(key);
    auto *button = new QToolButton;
    button->setObjectName(name);
    button->setText(sign);
    const QString plain = QString(text).remove(u'&');
    button->setAccessibleName(plain);
    button->setToolTip(u"%1 (%2)"_s.arg(plain, action->shortcut().toString(QKeySequence::NativeText)));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    connect(button, &QToolButton::clicked, action, &QAction::trigger);
    layout()->addWidget(button);
    return action;
}

void FilterBar::setText(const QString &text)
{
    commit();
    m_edit->setText(text);
    m_completer->close();
    commit();
}

void FilterBar::add(const QString &condition)
{
    setText(withCondition(m_edit->text(), condition));
}

void FilterBar::replace(QStringView field, const QString &condition)
{
    setText(withCondition(withoutField(m_edit->text(), field), condition));
}

void FilterBar::commit()
{
    if (!m_filter.isValid())
        return;
    const QStringList before = m_history.recent();
    m_history.apply(m_edit->text());
    showSteps();
    if (m_history.recent() != before)
        Q_EMIT recentChanged(m_history.recent());
}

void FilterBar::step(const std::optional<QString> &text)
{
    if (text)
        m_edit->setText(*text);
    m_completer->close();
    showSteps();
}

void FilterBar::showSteps()
{
    m_undo->setEnabled(m_history.canUndo(m_edit->text()));
    m_redo->setEnabled(m_history.canRedo());
}

void FilterBar::showRecent()
{
    commit();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const QString &filter : m_history.recent()) {
        QString shown = filter.left(100);
        menu->addAction(shown.replace(u'&', u"&&"_s), this, [this, filter] { setText(filter); });
    }
    if (menu->isEmpty())
        menu->addAction(tr("No filter was used yet"))->setEnabled(false);
    else
        menu->setActiveAction(menu->actions().constFirst());
    menu->popup(m_edit->mapToGlobal(QPoint(0, m_edit->height())));
}

// The line's own undo goes back by letters, ours by filters.
void FilterBar::showLineMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_undo, m_redo});
    menu->addSeparator();
    menu->addAction(tr("Cu&t"), m_edit, &QLineEdit::cut)->setEnabled(m_edit->hasSelectedText());
    menu->addAction(tr("&Copy"), m_edit, &QLineEdit::copy)->setEnabled(m_edit->hasSelectedText());
    menu->addAction(tr("&Paste"), m_edit, &QLineEdit::paste);
    menu->addAction(tr("Select &all"), m_edit, &QLineEdit::selectAll);
    menu->addSeparator();
    menu->addActions({m_recent, m_help});
    menu->popup(m_edit->mapToGlobal(position));
}

void FilterBar::showHelp()
{
    auto *help = findChild<FilterHelpWindow *>();
    if (!help) {
        help = new FilterHelpWindow(this);
        connect(help, &FilterHelpWindow::exampleChosen, this, &FilterBar::setText);
    }
    help->show();
    help->raise();
    help->activateWindow();
}

bool FilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto *const key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return true;
        }
    } else if (event->type() == QEvent::KeyPress) {
        auto *const key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::ControlModifier) {
            m_completer->offer(true);
            return true;
        }
        if (key->key() == Qt::Key_Down && key->modifiers() == Qt::NoModifier) {
            m_completer->offer(true);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FilterBar::setCounts(int shown, int total)
{
    const auto number = [](int count) {
        return countText(static_cast<quint64>(count));
    };
    m_counts->setText(shown == total ? tr("%1 rows").arg(number(total))
                                     : tr("%1 of %2 rows").arg(number(shown), number(total)));
}

void FilterBar::edit()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void FilterBar::apply(const QString &text)
{
    m_filter.setText(text);
    showValidity();
    showSteps();
}

void FilterBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showValidity();
}

void FilterBar::showValidity()
{
    const Colours &colours = Colours::of(palette());
    // The line's own palette: a changed colour there does not come back here as a change of ours.
    QPalette dressed = palette();
    if (!m_edit->text().trimmed().isEmpty())
        dressed.setColor(QPalette::Base, m_filter.isValid() ? colours.valid : colours.invalid);
    m_edit->setPalette(dressed);
    QPalette warning = palette();
    warning.setColor(QPalette::WindowText, colours.bad);
    m_message->setPalette(warning);
    const QString message = m_filter.isValid() ? QString() : u"✗ "_s + m_filter.error().message;
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    m_edit->setToolTip(m_filter.error().message);
    m_edit->setAccessibleDescription(m_filter.error().message);
}

} // namespace inspector
