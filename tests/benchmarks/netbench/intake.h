#pragma once
#include <QJsonObject>
#include <QString>

namespace bench {

/// How the inspector takes in what an application offers.
struct Intake
{
    double offered = 0; ///< events a second
    double emitted = 0; ///< events
    double received = 0;
    double dropped = 0;
    double kept = 0;
    double memory = 0;   ///< bytes, of those that are kept and all else
    double frameP99 = 0; ///< ms that the inspector's thread was busy
    double ageP99 = 0;   ///< ms from an event to the frame that shows it
    QString error;

    QJsonObject toJson() const;
};

/// Runs bench_intake; empty with an error if it was not built.
Intake measureIntake(bool quick);

} // namespace bench
