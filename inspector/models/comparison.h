#pragma once
#include "inspector/session/records.h"

#include <QString>

#include <array>
#include <vector>

namespace inspector {

/// What is counted of a session, or of a part of it.
enum class Measure : quint8 { Sockets, Received, Sent, Errors };
inline constexpr int measureCount = static_cast<int>(Measure::Errors) + 1;
using Tally = std::array<quint64, measureCount>; ///< by Measure

QString measureTitle(Measure measure);
/// "1.2 MiB", or a number.
QString measureText(Measure measure, quint64 value);
/// "+1.2 MiB", "−3"; empty if there is none.
QString differenceText(Measure measure, quint64 before, quint64 after);

/// The counts of two sessions side by side: of everything, of each process, each server and each peer. Two are the same
/// if they have the same name: process ids and the ports of clients differ from one run to the next.
class Comparison
{
public:
    enum class Group : quint8 { All, Process, Server, Peer };
    struct Line
    {
        Group group = Group::All;
        QString name = {};
        Tally first = {};
        Tally second = {};

        bool isSame() const { return first == second; }
    };

    Comparison(const Records &first, const Records &second);

    /// By group, and by name in each.
    const std::vector<Line> &lines() const { return m_lines; }
    /// As a table for a terminal or the clipboard.
    QString text(const QString &first, const QString &second) const;

private:
    std::vector<Line> m_lines;
};

QString groupTitle(Comparison::Group group);

} // namespace inspector
