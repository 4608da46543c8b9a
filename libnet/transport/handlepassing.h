#pragma once
#include "libnet/transport/socketops.h"

#include <vector>

/// The system calls by which two processes talk and hand descriptors over.
namespace net::socketops {

/// A stream between two processes: both ends are non-blocking and close-on-exec. An errno, or 0.
int openChannel(Descriptor &one, Descriptor &other);
/// True if \a fd is one end of such a stream.
bool isLocalStream(int fd);
/// Whether the programs that this one starts inherit \a fd. Safe between fork() and exec().
int setInherited(int fd, bool inherited);
/// Whether they do.
bool isInherited(int fd);
/// How many descriptors this process may have.
int mostDescriptors();

/// Sends some of \a bytes. \a handle, if it is not -1, goes with the first of them and stays open here.
IoResult sendWithHandle(int fd, const char *bytes, qsizetype size, int handle);
/// Receives some bytes, and puts the descriptors that have come with them at the end of \a handles, close-on-exec.
/// No bytes and no error: the end.
IoResult receiveWithHandles(int fd, char *buffer, qsizetype size, std::vector<Descriptor> &handles);
/// Blocks until \a fd takes bytes again: false if it does not in time, or never will.
bool waitWritable(int fd, int msecs);

/// A number that the kernel gives to a socket, the same in every process that holds it; 0 where there is none.
quint64 cookieOf(int fd);

/// What tells one file from another that has taken its name since.
struct FileIdentity
{
    quint64 device = 0;
    quint64 inode = 0;
    qint64 createdAt = 0; ///< ns; inodes are used again

    friend bool operator==(const FileIdentity &, const FileIdentity &) = default;
};
/// All zero if there is no such file.
FileIdentity identityOf(const QString &path);

} // namespace net::socketops
