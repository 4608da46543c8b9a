#pragma once
#include <QObject>
#include <QString>

#include <array>
#include <optional>

namespace inspector {

class LiveView;

/// How times are told: as the time of day, or as a span since something. One for all panes of a window.
class TimeScale : public QObject
{
    Q_OBJECT

public:
    enum class Mode : quint8 {
        OfDay,
        SinceStart,    ///< of the first process that is known
        SincePrevious, ///< event or piece that is shown
        SinceChosen,   ///< event or piece; of day until one is chosen
    };
    static constexpr std::array modes = {Mode::OfDay, Mode::SinceStart, Mode::SincePrevious, Mode::SinceChosen};

    /// \a view must outlive it.
    explicit TimeScale(const LiveView &view) : m_view(view) {}

    Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    /// The moment that Mode::SinceChosen counts from.
    void choose(qint64 time);
    /// \a time in ns of CLOCK_MONOTONIC; \a previous is that of what is shown before it, 0 if that is nothing.
    /// "14:03:59.127", or seconds as "+1.250031"; empty for the first one since the previous.
    QString text(qint64 time, qint64 previous) const;

Q_SIGNALS:
    /// What text() returns has changed for the same times.
    void changed();

private:
    qint64 start() const;

    const LiveView &m_view;
    Mode m_mode = Mode::OfDay;
    qint64 m_chosen = 0; ///< 0: nothing yet
};

/// The name in settings and what a person reads.
QString timeModeName(TimeScale::Mode mode);
QString timeModeText(TimeScale::Mode mode);
std::optional<TimeScale::Mode> timeModeNamed(const QString &name);

} // namespace inspector
