#pragma once
#include "libnet/socketaddress.h"
#include "libnet/transport/descriptor.h"

#include <QList>

#include <span>

/// Every system call about sockets that libnet makes. Errors are returned as errno values, captured at once.
namespace net::socketops {

/// What a read or a write has done: the bytes moved, or the errno.
struct IoResult
{
    qsizetype bytes = 0;
    int error = 0;

    bool wouldBlock() const;
};

/// A stretch of memory to be written.
struct Piece
{
    const char *data;
    qsizetype size;
};

/// A non-blocking, close-on-exec stream socket.
Descriptor createStream(Family family, int &error);
/// Makes an inherited descriptor non-blocking. An accepted socket needs it only for what is not in socketio.
int makeNonBlocking(int fd);
/// Another descriptor of the same socket.
Descriptor duplicate(int fd);
/// True if \a fd is open.
bool isOpen(int fd);
/// True if \a fd is a socket that listens.
bool isListening(int fd);
/// True if \a fd is a stream socket that neither listens nor is connected, nor has been.
bool isFresh(int fd);
/// True if \a fd is a stream socket; only these can be adopted by a server.
bool isStreamSocket(int fd);
Family familyOf(int fd);

int bindTo(int fd, const SocketAddress &address);
int listenOn(int fd, int backlog);
int setReuseAddress(int fd);
int setReusePort(int fd);
int setIpv6Only(int fd, bool enable);
int setNoDelay(int fd, bool enable);
/// Milliseconds, rounded down to seconds; what is 0 then is left to the system.
int setKeepAlive(int fd, bool enable, int initialDelay, int interval = 0, int count = 0);
/// 0 to 255; the traffic class of IPv6.
int setTypeOfService(int fd, int value);
int typeOfService(int fd, int &error);
/// The next close sends RST instead of FIN.
int setResetOnClose(int fd);

/// Starts to connect. 0: connected at once; EINPROGRESS: wait until writable, then ask pendingError().
int connectTo(int fd, const SocketAddress &address);
/// SO_ERROR.
int pendingError(int fd);
/// Accepts one connection: non-blocking, close-on-exec.
Descriptor acceptOne(int fd, int &error);
/// Any descriptor, to have one in reserve.
Descriptor openSpare();
int shutdownWrite(int fd);

IoResult readSome(int fd, char *buffer, qsizetype size);
IoResult writeSome(int fd, const char *bytes, qsizetype size);
IoResult writeSome(int fd, std::span<const Piece> pieces);
/// Move bytes between a socket and a pipe inside the kernel; ENOSYS where it can't.
IoResult spliceIn(int socket, int pipe, qsizetype size);
IoResult spliceOut(int pipe, int socket, qsizetype size);
/// Has the kernel send bytes of the file \a from, from \a offset on, to the socket \a to; ENOSYS where it can't.
/// 0 bytes without an error: the file ends there.
IoResult sendFile(int from, qint64 offset, int to, qsizetype size);
/// A pipe that does not block; an errno, or 0. \a capacity is a wish.
int openPipe(Descriptor &out, Descriptor &in, int capacity);
/// Pieces that one writeSome() takes at the most.
inline constexpr int MaxPieces = 64;

SocketAddress localEnd(int fd);
SocketAddress remoteEnd(int fd);
/// EINVAL if \a path does not fit into a local socket's address.
int checkPath(const QString &path);
/// Removes the path of a local listener.
void removePath(const QString &path);
/// Gives every user the right to read or to write a path.
int openPathToAll(const QString &path, bool readable, bool writable);

/// A name to look up.
struct Question
{
    QString host;
    Family family = Family::Unspecified;
    int hints = 0; ///< AI_ flags
};

/// A name looked up, in the order of the system. \a error is a Node code ("ENOTFOUND") or empty.
struct Addresses
{
    QList<SocketAddress> found;
    QString error = {};
    int errorNumber = 0;
};
/// Blocks; call it in a thread of its own.
Addresses lookUp(const Question &question);

} // namespace net::socketops
