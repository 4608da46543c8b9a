#pragma once
#include <QObject>

class QDockWidget;

namespace inspector {

/// Hides what a dock holds while another tab is in front of it, and shows it again. Qt leaves such docks visible and
/// moves them out of the window: what nobody sees would go on working, and have applications work for it. A child of
/// the dock.
class DockSight : public QObject
{
    Q_OBJECT

public:
    /// \a dock has its content already.
    explicit DockSight(QDockWidget &dock);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool isInSight() const;

    QDockWidget &m_dock;
};

} // namespace inspector
