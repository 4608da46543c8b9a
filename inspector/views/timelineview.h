#pragma once
#include "inspector/models/timelinemodel.h"
#include "inspector/models/timewindow.h"

#include <QAbstractScrollArea>

namespace inspector {

class EmptyState;
class NowButton;

/// A bar per connection over time. Dragging across it, or the return key for the life of the current row, chooses a
/// span that filters everything else; Escape takes it back. It moves on with the present until one goes back in time.
class TimelineView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit TimelineView(TimelineModel &model, QWidget *parent = nullptr);

    /// Makes the row of \a key the current one, without telling chosen().
    void choose(SubjectKey key);
    const TimeWindow &time() const { return m_time; }
    /// How much time the width shows, at least. The wheel with Ctrl, + and - change it too.
    void setSpan(TimeWindow::Length span);
    QString emptyTitle() const;
    /// The span that is marked: what one drags over, else that of the filter.
    std::optional<std::pair<qint64, qint64>> brush() const;
    struct Label
    {
        QRect place = {};
        QString text = {};
        quint64 lost = 0; ///< in a gap; 0: it is a time
    };
    /// What is written above the plot: what the gaps have lost, and the times of the axis between. None covers another.
    std::vector<Label> labels() const;
    /// The time at a place of the viewport.
    qint64 timeAt(int x) const;

Q_SIGNALS:
    void chosen(inspector::SubjectKey key);
    /// A span was brushed: the condition for the filter, empty if it was taken back.
    void brushed(const QString &condition);
    void menuRequested(inspector::SubjectKey key, int column, const QPoint &position);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    QRect plotRect() const;
    int rowAt(int y) const;
    int xOf(qint64 time) const;
    void update();
    void choseRow(int row);
    std::vector<Label> gapLabels(const QRect &plot) const;
    int divisions() const;
    int digits() const;
    void paintAxis(QPainter &painter, const QRect &plot) const;
    void paintGaps(QPainter &painter, const QRect &plot) const;
    void paintRow(QPainter &painter, const QRect &row, int index) const;
    void paintBrush(QPainter &painter, const QRect &plot) const;
    void paintLegend(QPainter &painter) const;

    TimelineModel &m_model;
    EmptyState *m_empty;
    SubjectKey m_chosen;
    NowButton *m_now;
    TimeWindow m_time; ///< stands still while one brushes
    int m_rowHeight = 18;
    int m_pressedAt = -1;
    int m_draggedTo = -1; ///< -1: not far enough to be more than a click
};

} // namespace inspector
