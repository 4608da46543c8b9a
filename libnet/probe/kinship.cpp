#include "libnet/probe/kinship.h"

#include <atomic>

namespace net::probe {

static std::atomic<qint64> parentProcess = 0;
static std::atomic<quint32> workerNumber = 0;

Kinship kinship()
{
    return {parentProcess, workerNumber};
}

void setKinship(const Kinship &kinship)
{
    workerNumber = kinship.worker;
    parentProcess = kinship.parent;
}

} // namespace net::probe
