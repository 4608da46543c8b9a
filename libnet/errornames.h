#pragma once
#include <QString>

namespace net {

/// "ECONNREFUSED" and "connection refused" for an errno, as Node has them.
QString errorName(int error);
QString errorText(int error);

} // namespace net
