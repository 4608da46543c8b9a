#pragma once
#include "libnet/cluster/handlechannel.h"
#include "libnet/cluster/worker.h"

namespace net {

class Census;

/// Something on its way to another process.
struct Parcel
{
    QCborMap about = {};
    SharedDescriptor handle = {};        ///< null: there was nothing to send
    std::shared_ptr<Census> census = {}; ///< who counts the socket on
};

/// Makes parcels of sockets and servers, and the reverse.
class Handover
{
public:
    enum class Kind { Nothing, Socket, Server, BoundSocket };

    /// Whether the object behind \a handle lives in this thread.
    static bool isOurs(const Handle &handle);
    /// The bytes that would go along with it: what was not read, and what was not sent.
    static qint64 luggage(const Handle &handle, const SendOptions &options);
    static Parcel pack(const Handle &handle, const SendOptions &options, qint64 process);
    /// Undoes what only the receiver would have: the path of a bound socket that nobody has got.
    static void giveUp(const QCborMap &about);

    static Kind kindOf(const QCborMap &about);
    /// \a census counts the socket for whoever has sent it, or is null. Reads nothing before settle().
    static Socket *socket(const QCborMap &about, Descriptor descriptor, std::shared_ptr<Census> census, qint64 process);
    static void settle(Socket *socket);
    /// Not listening yet: see share().
    static Server *server(QObject *parent);
    static void share(Server *server, Descriptor descriptor);
    static BoundSocket boundSocket(Descriptor descriptor);

private:
    static Parcel packSocket(Socket *socket, const SendOptions &options, qint64 process);
    static Parcel packServer(Server *server);
    static Parcel packBound(BoundSocket *bound);
};

} // namespace net
