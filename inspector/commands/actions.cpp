#include "inspector/commands/actions.h"

#include <QActionGroup>

namespace inspector {

Actions::Actions(LiveView &view, QObject *parent)
    : QObject(parent),
      pause(add(tr("&Pause the view"), Qt::Key_Space, tr("Lets everything stand still to be read; recording goes on"))),
      record(add(tr("&Record"), Qt::CTRL | Qt::Key_E, tr("Keep events and payload as they come in"))),
      payload(add(tr("Capture all pa&yload"), Qt::CTRL | Qt::Key_P,
                  tr("What every socket says is captured from now on, where its application shows it; else that of the "
                     "chosen one alone"))),
      stacks(add(tr("Record call &stacks"), Qt::CTRL | Qt::Key_K,
                 tr("Who creates, connects, listens, ends and destroys is recorded from now on, in every application; "
                    "each call takes some microseconds more"))),
      clear(add(tr("&Clear log"), Qt::CTRL | Qt::Key_L,
                tr("Empties the event log and the captured streams; what has ended goes"))),
      filter(add(tr("&Filter"), QKeySequence::Find, tr("Goes to the filter"))),
      asTree(add(tr("As a &tree"), Qt::CTRL | Qt::Key_T, tr("Connections below their servers, or all in one table"))),
      keepEnded(
          add(tr("Keep &ended applications"), QKeySequence(),
              tr("The last ones that have ended stay with what they had open, also when they are started again"))),
      quit(add(tr("&Quit"), QKeySequence::Quit, QString())),
      about(add(tr("&About net-inspector"), QKeySequence(), QString())),
      themes(new QActionGroup(this)),
      lingers(new QActionGroup(this))
{
    pause->setCheckable(true);
    record->setCheckable(true);
    record->setChecked(view.session().records().recording);
    payload->setCheckable(true);
    stacks->setCheckable(true);
    stacks->setChecked(view.session().takesStacks());
    asTree->setCheckable(true);
    asTree->setChecked(true);
    keepEnded->setCheckable(true);
    keepEnded->setChecked(view.session().isPreserving());
    connect(keepEnded, &QAction::toggled, &view, [&view](bool on) { view.session().setPreserving(on); });
    connect(pause, &QAction::toggled, &view, &LiveView::setPaused);
    connect(&view, &LiveView::pausedChanged, pause, &QAction::setChecked);
    connect(record, &QAction::toggled, &view, [&view](bool on) { view.session().records().recording = on; });
    connect(payload, &QAction::toggled, &view, [&view](bool on) { view.session().captureAll(on); });
    connect(stacks, &QAction::toggled, &view, [&view](bool on) { view.session().setTakesStacks(on); });
    connect(clear, &QAction::triggered, &view, [&view] {
        view.session().records().events.clear();
        view.session().records().payloads.clear();
        view.session().forgetEnded();
    });
    addThemes();
    addLingers();
}

QAction *Actions::add(const QString &text, const QKeySequence &key, const QString &help)
{
    auto *action = new QAction(text, this);
    action->setShortcut(key);
    QString tip = help.isEmpty() ? QString(text).remove(QLatin1Char('&')) : help;
    if (!key.isEmpty())
        tip += QStringLiteral(" (%1)").arg(key.toString(QKeySequence::NativeText));
    action->setToolTip(tip);
    action->setStatusTip(help);
    return action;
}

void Actions::addThemes()
{
    for (const auto &[theme, text] : {std::pair(Theme::System, tr("As the &system")),
                                      std::pair(Theme::Light, tr("&Light")), std::pair(Theme::Dark, tr("&Dark"))}) {
        QAction *const action = themes->addAction(text);
        action->setCheckable(true);
        action->setData(static_cast<int>(theme));
    }
    connect(themes, &QActionGroup::triggered, this,
            [this](const QAction *action) { Q_EMIT themeChosen(static_cast<Theme>(action->data().toInt())); });
}

void Actions::addLingers()
{
    for (const auto &[seconds, text] : {std::pair(0, tr("&Not at all")), std::pair(5, tr("&5 seconds")),
                                        std::pair(30, tr("&30 seconds")), std::pair(300, tr("5 &minutes"))}) {
        QAction *const action = lingers->addAction(text);
        action->setCheckable(true);
        action->setData(seconds);
    }
    connect(lingers, &QActionGroup::triggered, this,
            [this](const QAction *action) { Q_EMIT lingerChosen(std::chrono::seconds(action->data().toInt())); });
}

} // namespace inspector
