#pragma once
#include <QList>
#include <QSet>
#include <QString>

/// What each call may fail with, and what a failure must lead to.
namespace faults {

/// In place of an errno: one byte is moved, or the descriptors that came are lost.
inline constexpr int Short = -1;
inline constexpr int HandlesLost = -2;

QList<int> failuresOf(const QString &call);
/// As it stands in LIBNET_FAULT: "104", "short".
QString numberOf(int error);
/// "ECONNRESET (Connection reset by peer)".
QString textOf(int error);
/// True if nobody but libnet may notice \a error of \a call: all that was sent comes, and no error is told.
bool mustBeDone(const QString &call, int error);
/// What is wrong with the codes that were told after \a error of \a call; empty if nothing is.
QString judge(const QString &call, int error, const QSet<QString> &told);

} // namespace faults
