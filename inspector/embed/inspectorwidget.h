#pragma once
#include <QList>
#include <QWidget>

#include <memory>

#ifdef LIBNET_INSPECTOR_BUILDING
#define LIBNET_INSPECTOR_EXPORT Q_DECL_EXPORT
#else
#define LIBNET_INSPECTOR_EXPORT Q_DECL_IMPORT
#endif

namespace net {

/// The views of net-inspector as a part of an application's own window. Whoever is to be shown is watched as by
/// net-inspector itself: LIBNET_INSPECT=1, or Agent::start(). It opens no window of its own but for recordings, keeps
/// no settings, and leaves the application's colours and language as they are.
class LIBNET_INSPECTOR_EXPORT InspectorWidget : public QWidget
{
    Q_OBJECT

public:
    /// Shows the application that it is a part of, and the workers that it forks.
    explicit InspectorWidget(QWidget *parent = nullptr);
    /// Shows these processes and the workers that they fork; without any, all of the user's.
    explicit InspectorWidget(const QList<qint64> &pids, QWidget *parent = nullptr);
    ~InspectorWidget() override;

    /// Filters every view. What is no filter is shown in the bar, with the reason, and changes nothing.
    void setFilter(const QString &filter);
    /// Brings one to the front: "details", "timeline", "topology", "backpressure", "halfOpen", "latency", "lints",
    /// "throughput" or "events".
    void showView(const QString &name);

private:
    class Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace net
