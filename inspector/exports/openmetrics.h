#pragma once
#include "inspector/session/session.h"

namespace inspector {

/// The counters of every living process and server as OpenMetrics text 1.0, for Prometheus and its kin. Connections are
/// counted, not listed: they come and go, and each would be a time series of its own.
QByteArray openMetrics(const Session &session);

/// What an HTTP answer calls it.
inline constexpr auto openMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

} // namespace inspector
