#pragma once
#include <libnet/callback.h>
#include <libnet/error.h>
#include <libnet/export.h>
#include <libnet/options.h>
#include <libnet/socketaddress.h>

#include <QCborValue>
#include <QMap>
#include <QObject>
#include <QStringList>
#include <QVariant>

#include <concepts>
#include <memory>

class QProcess;

namespace net {

/// What is started, and how. Node: cluster.settings, and the options of child_process.fork().
struct ForkOptions
{
    QString exec = {};                       ///< the program; empty: this one
    std::optional<QStringList> args = {};    ///< its arguments; unset: those of this process
    QString cwd = {};                        ///< its folder; empty: ours
    QMap<QString, QString> environment = {}; ///< added to ours
    bool silent = false;                     ///< its output is read by process() instead of going where ours goes
};

/// How a message is sent.
struct SendOptions
{
    /// The socket that goes along stays open here too, and is counted here only, until it closes here.
    bool keepOpen = false;
};

/// A socket, a server or a bound socket that comes with a message; or nothing.
using Handle = ListenHandle;

/// A process at the other end of a channel. Node: Worker of cluster, ChildProcess of child_process.fork(), and process
/// in the child.
///
/// In the process that forked, it is the child; in the child, self() is the way back. Signals of a life: online() and
/// listening() (of a cluster's workers only), message() ..., disconnected() when the channel is closed, exited() when
/// the process is gone, always in this order. It lives in the thread it was made in.
class LIBNET_EXPORT Worker : public QObject
{
    Q_OBJECT
    Q_PROPERTY(int id READ id CONSTANT)
    Q_PROPERTY(qint64 processId READ processId)
    Q_PROPERTY(bool connected READ isConnected)
    Q_PROPERTY(bool dead READ isDead)
    Q_PROPERTY(bool exitedAfterDisconnect READ exitedAfterDisconnect)

public:
    /// Starts a process with a channel to it. Owned by \a parent, or by the caller. What can't be started is told by
    /// errorOccurred(), disconnected() and exited(-1). Destroying it closes the channel and leaves the process alone.
    /// Node: child_process.fork().
    static Worker *fork(const ForkOptions &options = {}, QObject *parent = nullptr);
    /// In a forked process: its end of the channel, which goes on until the process ends, also where one application
    /// follows another. Else null. Node: process.
    static Worker *self();
    ~Worker() override;

    int id() const;           ///< of a cluster's worker, from 1; else 0. Node: worker.id
    qint64 processId() const; ///< of the other process; in a child, that of the process that forked it
    /// The process, for its output if it is silent; null in the child. Node: worker.process.
    QProcess *process() const;
    Q_INVOKABLE bool isConnected() const; ///< messages can be sent. Node: worker.isConnected()
    Q_INVOKABLE bool isDead() const;      ///< the process is gone. Node: worker.isDead()
    /// It leaves, or has left, by disconnectWorker() and not by itself. Node: worker.exitedAfterDisconnect.
    bool exitedAfterDisconnect() const;

    /// Sends \a message, and \a handle with it: a socket with all that was not read, paused if it is; for its peer
    /// nothing changes, here it is closed (see SendOptions::keepOpen), and its server counts it on. A server is shared
    /// by both. A bound socket moves. What can't be sent (a socket without a connection) is left out, as in Node.
    /// False if so much waits that one should wait for drained(). Errors, by errorOccurred(), which leave the handle
    /// as it is: ERR_IPC_CHANNEL_CLOSED, EMSGSIZE (16 MiB; with a handle 8, and 16 with what a socket brings; 32 MiB in
    /// memory, which 2 million numbers take, or 200,000 lists), ENOBUFS (64 MiB wait), ERR_INVALID_ARG_VALUE (an
    /// invalid value, or more than 1,000 levels of them; a handle of another thread). Node: worker.send(),
    /// process.send().
    bool send(const QCborValue &message, const Handle &handle = {}, const SendOptions &options = {});
    /// The same; \a onSent(const net::Error &) runs once, later: when it has left, or with the error, which then is not
    /// told otherwise.
    template <typename Functor>
    bool send(const QCborValue &message, const Handle &handle, const SendOptions &options, const QObject *context,
              Functor &&onSent)
    {
        return sendWith(message, handle, options, Callback<const Error &>(context, std::forward<Functor>(onSent)));
    }
    /// The same for a QVariant, which comes as a QCborValue: toVariant() makes it one again. What CBOR has no type for,
    /// and what has no text either, is refused with ERR_INVALID_ARG_VALUE, wherever in it it is.
    template <std::same_as<QVariant> Variant>
    bool send(const Variant &message, const Handle &handle = {}, const SendOptions &options = {})
    {
        return send(toCbor(message), handle, options);
    }
    qint64 writableLength() const; ///< bytes of messages that have not left

    /// Ends a cluster's worker gracefully: it accepts no more, waits for its connections to close, closes the channel,
    /// and quits unless something else keeps it. Of others, closes the channel once all is sent; if it is closed,
    /// ERR_IPC_DISCONNECTED. Node: worker.disconnect(), child.disconnect().
    Q_INVOKABLE net::Worker &disconnectWorker();
    /// In the parent, sends \a signal (0: SIGTERM) to the process. In a worker, leaves at once with exit code 0.
    /// Node: worker.kill().
    Q_INVOKABLE void kill(int signal = 0);

Q_SIGNALS:
    /// The worker runs. Node: 'online'.
    void online();
    /// A server of the worker listens. Node: 'listening'.
    void listening(const net::SocketAddress &address);
    /// A message has come. A socket in \a handle has no parent and deletes itself after closed(); a server is a child
    /// of this object; a bound socket is to be moved from or adopted at once. Without a receiver, messages wait for one
    /// (1,000 at the most, which take 32 MiB of memory; a quarter of the descriptors that this process may have come
    /// with them), and those beyond are lost, each with an ENOBUFS. Node: 'message'.
    void message(const QCborValue &message, const net::Handle &handle);
    /// The queue is empty after send() has returned false.
    void drained();
    /// The channel is closed. A cluster's worker that was not asked to leave quits then; another child too, unless a
    /// socket, a server or a QEventLoopLocker keeps it. Node: 'disconnect'.
    void disconnected();
    /// The process has ended: by itself with \a code, or by \a signal. Node: 'exit'.
    void exited(int code, int signal);
    /// It could not be started; a message was not sent; a handle did not get through, or the process ended before it
    /// has said that it did, and was closed (SentHandleNotReceivedWarning); a message was lost, since too many wait for
    /// a receiver (ENOBUFS of "read"); or the other process has written to the channel what is no message, or one that
    /// is too large, which closes it (EPROTO). Node: 'error'.
    void errorOccurred(const net::Error &error);

protected:
    void connectNotify(const QMetaMethod &signal) override;

private:
    class LIBNET_HIDDEN Private;
    friend class Private;
    friend class Cluster;
    friend class ListenRegistry;
    friend class RoundRobin;
    friend class WorkerListening;
    Worker(int id, QObject *parent);
    static QCborValue toCbor(const QVariant &message); ///< invalid if it can't be told in CBOR
    bool sendWith(const QCborValue &message, const Handle &handle, const SendOptions &options,
                  Callback<const Error &> callback);

    std::unique_ptr<Private> d;
};

} // namespace net
