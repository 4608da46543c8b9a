#pragma once
#include "inspector/models/liveview.h"
#include "inspector/views/theme.h"

#include <QAction>
#include <QObject>

class QActionGroup;

namespace inspector {

/// What a person can ask for by menu, button or key. Those that act on the session do so here; the window connects
/// those that concern its own parts.
class Actions : public QObject
{
    Q_OBJECT

public:
    explicit Actions(LiveView &view, QObject *parent = nullptr);

    QAction *pause;     ///< Space: the view stands still
    QAction *record;    ///< Ctrl+E: events and payload are kept
    QAction *payload;   ///< Ctrl+P: what every socket says is captured
    QAction *stacks;    ///< Ctrl+K: who calls is recorded
    QAction *clear;     ///< Ctrl+L: empties the log and the streams
    QAction *filter;    ///< Ctrl+F
    QAction *asTree;    ///< the table as a tree
    QAction *keepEnded; ///< the last processes that have ended stay
    QAction *quit;      ///< Ctrl+Q
    QAction *about;
    QActionGroup *themes;  ///< data: Theme
    QActionGroup *lingers; ///< data: seconds that closed rows stay

Q_SIGNALS:
    void themeChosen(inspector::Theme theme);
    void lingerChosen(std::chrono::seconds linger);

private:
    QAction *add(const QString &text, const QKeySequence &key, const QString &help);
    void addThemes();
    void addLingers();
};

} // namespace inspector
