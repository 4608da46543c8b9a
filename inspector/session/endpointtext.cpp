#include "inspector/session/endpointtext.h"

namespace inspector {

using namespace Qt::StringLiterals;
using net::wire::Family;

QString endpointText(Family family, const QString &address, quint16 port)
{
    if (address.isEmpty())
        return port ? u":%1"_s.arg(port) : QString();
    switch (family) {
    case Family::IPv6:
        return u"[%1]:%2"_s.arg(address, QString::number(port));
    case Family::Local:
        return address.startsWith(QChar(0)) ? u'@' + address.sliced(1) : address;
    case Family::IPv4:
    case Family::Unspecified:
        break;
    }
    return port ? u"%1:%2"_s.arg(address, QString::number(port)) : address;
}

} // namespace inspector
