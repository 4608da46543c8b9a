#pragma once
#include "inspector/models/topologymodel.h"
#include "inspector/views/topologylayout.h"

#include <QAbstractScrollArea>
#include <QElapsedTimer>

namespace inspector {

class EmptyState;

/// The graph of processes, servers and peers; what flows on an edge moves along it, the faster the more it is.
class TopologyView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit TopologyView(TopologyModel &model, QWidget *parent = nullptr);

    /// Lights up what stands for \a key.
    void choose(SubjectKey key);
    QString emptyTitle() const;
    /// Where the node with that title is drawn; null if there is none.
    QRect placeOf(const QString &title) const;
    bool isMoving() const { return m_flows; }
    /// Larger by so many steps than the other views, or smaller; clamped to what can be read and seen.
    void setZoom(int steps);
    int zoom() const { return m_zoom; }

Q_SIGNALS:
    void chosen(inspector::SubjectKey key);
    void menuRequested(inspector::SubjectKey key, int column, const QPoint &position);
    /// A condition to add to the filter.
    void conditionChosen(const QString &condition);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent *event) override;

private:
    void reload();
    void animate();
    bool zoomBy(const QKeyEvent &event);
    int nodeAt(const QPoint &place) const;
    void go(int node);
    void makeVisible(int node);
    void activate(int node);
    void showMenu(int node, const QPoint &position);
    QString describe(const TopologyNode &node) const;
    void paintNode(QPainter &painter, int node) const;
    void paintEdge(QPainter &painter, int edge) const;
    void paintStrand(QPainter &painter, const QPainterPath &path, double rate, bool forth) const;

    TopologyModel &m_model;
    EmptyState *m_empty;
    TopologyLayout m_layout;
    bool m_flows = false; ///< something does, so that every frame is drawn
    QElapsedTimer m_clock;
    double m_travel = 0; ///< pixels that a slow flow has moved
    SubjectKey m_chosen;
    int m_current = -1;
    int m_zoom = 0;
    int m_turned = 0; ///< of the wheel, less than a step
};

} // namespace inspector
