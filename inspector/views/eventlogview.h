#pragma once
#include "inspector/models/eventmodel.h"

#include <QTableView>

namespace inspector {

class EmptyState;
class LatestPill;

/// The event log. Follows the newest event until one scrolls up; then a pill says how many have come since.
class EventLogView : public QTableView
{
    Q_OBJECT

public:
    explicit EventLogView(EventModel &model, QWidget *parent = nullptr);

    bool isFollowing() const { return m_following; }
    void setEmptyText(const QString &title, const QString &hint);

public Q_SLOTS:
    /// Goes to the newest event and stays there.
    void follow();

Q_SIGNALS:
    /// The object of an event was chosen, by a double click or the return key.
    void chosen(inspector::SubjectKey key);
    /// A menu is wanted for the object of an event; \a column is one of the table of objects.
    void menuRequested(inspector::SubjectKey key, int column, const QPoint &position);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void advance(int count, int removed);
    void scrolled();
    void showPill();

    EventModel &m_model;
    EmptyState *m_empty;
    LatestPill *m_pill;
    bool m_following = true;
    bool m_moving = false; ///< the view scrolls, not the person
    int m_unseen = 0;
};

} // namespace inspector
