#include "libnet/boundsocket.h"
#include "libnet/cluster/channelframe.h"
#include "libnet/cluster/childprocess.h"
#include "libnet/cluster/handover.h"
#include "libnet/cluster/worker_p.h"
#include "libnet/codes.h"
#include "libnet/socket.h"

#include <QCoreApplication>
#include <QMetaMethod>
#include <QProcess>

#include <cerrno>
#include <csignal>
#include <unistd.h>

// The life of a worker, and what is said over its channel.

namespace net {

using namespace Qt::StringLiterals;

Worker::Private::~Private()
{
    if (inChild)
        sayLastWords();
    if (keeper)
        keeper->gone(*q);
    // What it was asked to take, and has not said that it has, is for others.
    if (!inChild) {
        const QHash<qint64, Reply> unanswered = std::exchange(replies, {});
        for (const Reply &reply : unanswered)
            reply({}, {});
    }
    if (wayBack)
        wayBack->close();
    if (channel) {
        const std::vector<ChannelMessage> unsent = channel->unsentHandles();
        for (const ChannelMessage &message : unsent)
            Handover::giveUp(message.about);
    }
    // The process is not ours to end: it is told by the end of the channel.
    if (process && process->state() != QProcess::NotRunning) {
        QObject::disconnect(process, nullptr, q, nullptr);
        childprocess::letGo(*process);
    }
}

void Worker::Private::start(const ForkOptions &options)
{
    Descriptor ours;
    Descriptor theirs;
    const int error = socketops::openChannel(ours, theirs);
    process = new QProcess(q);
    wayBack = std::make_shared<WayBack>(q, [this](qint64 number) {
        tell({{u"act"_s, u"closedAway"_s}, {u"socket"_s, number}});
    });
    const QString program = childprocess::programOf(options);
    if (const int reason = childprocess::whyNot(options)) {
        disconnectedEarly = true;
        NextTick::current().post(this, [this, program, reason] { couldNotStart(program, reason); });
        return;
    }
    if (error) {
        disconnectedEarly = true;
        NextTick::current().post(this, [this, error] {
            const LifeGuard guard(this);
            Q_EMIT q->errorOccurred(Error::fromErrno(error, u"socketpair"_s));
            if (!guard.isDead())
                finished(-1, 0);
        });
        return;
    }
    QObject::connect(process, &QProcess::finished, q, [this](int code, QProcess::ExitStatus status) {
        const bool killed = status == QProcess::CrashExit;
        finished(killed ? 0 : code, killed ? code : 0);
    });
    QObject::connect(process, &QProcess::started, q, [this] {
        if (std::exchange(disconnectedEarly, false))
            NextTick::current().post(this, [this] { disconnected(); });
    });
    QObject::connect(process, &QProcess::errorOccurred, q, [this, program](QProcess::ProcessError what) {
        if (what == QProcess::FailedToStart)
            NextTick::current().post(this, [this, program] { couldNotStart(program, EACCES); });
    });
    channel.reset(new HandleChannel(*this, std::move(ours)));
    childprocess::start(*process, options, theirs, id);
    processId = process->processId();
    updateLive();
}

void Worker::Private::adopt(Descriptor descriptor)
{
    inChild = true;
    processId = ::getppid();
    wayBack = std::make_shared<WayBack>(q, [this](qint64 number) {
        tell({{u"act"_s, u"closedAway"_s}, {u"socket"_s, number}});
    });
    channel.reset(new HandleChannel(*this, std::move(descriptor)));
    updateLive();
}

void Worker::Private::couldNotStart(const QString &program, int reason)
{
    const LifeGuard guard(this);
    Q_EMIT q->errorOccurred(Error::fromErrno(reason, u"spawn "_s + program));
    if (!guard.isDead())
        finished(-1, 0);
}

// Always after disconnected(): what it has said before it died comes first.
void Worker::Private::finished(int code, int signal)
{
    const LifeGuard alive(this);
    if (std::exchange(disconnectedEarly, false))
        disconnected();
    else if (channel && !toldDisconnected)
        channel->finish();
    if (alive.isDead())
        return;
    NextTick::current().post(this, [this, code, signal] {
        dead = true;
        updateLive();
        const LifeGuard guard(this);
        if (keeper)
            keeper->exiting(*q);
        if (guard.isDead())
            return;
        Q_EMIT q->exited(code, signal);
        if (!guard.isDead() && keeper)
            keeper->exited(*q, code, signal);
    });
}

// Sending ------------------------------------------------------------------------------------------------------

bool Worker::Private::send(const QCborValue &message, const Handle &handle, const SendOptions &options,
                           Callback<const Error &> callback)
{
    const auto report = [this, callback = std::move(callback)](const Error &error) {
        if (callback)
            callback(error);
        else if (error)
            Q_EMIT q->errorOccurred(error);
    };
    Error refusal;
    // Before the handle is touched.
    if (!isConnected())
        refusal = codes::channelClosed();
    else if (!Handover::isOurs(handle))
        refusal = codes::invalidArgument(u"handle"_s, u"an object of another thread"_s);
    else if (!isReadable(message))
        refusal = codes::invalidArgument(u"message"_s, u"a value that is invalid, too deep or not known to CBOR"_s);
    else if (handle.index())
        refusal = tooLarge(message, Handover::luggage(handle, options));
    if (refusal) {
        NextTick::current().post(this, [report, refusal] { report(refusal); });
        return false;
    }
    Parcel parcel = Handover::pack(handle, options, processId);
    qint64 number = 0;
    if (parcel.census) {
        number = sent.add(parcel.census);
        parcel.about.insert(u"counted"_s, number);
    }
    const QCborMap about = parcel.about;
    return channel->send({.value = message, .about = parcel.about, .handle = std::move(parcel.handle)},
                         [this, report, about, number](const Error &error) {
                             if (error) {
                                 sent.remove(number);
                                 Handover::giveUp(about);
                             }
                             report(error);
                         });
}

void Worker::Private::tell(const QCborMap &message, const SharedDescriptor &handle)
{
    if (isConnected())
        channel->send({.kind = ChannelMessage::Kind::Internal, .value = message, .handle = handle});
}

void Worker::Private::ask(QCborMap message, Reply reply, const SharedDescriptor &handle)
{
    if (!isConnected()) {
        NextTick::current().post(this, [reply = std::move(reply)] { reply({}, {}); });
        return;
    }
    message.insert(u"seq"_s, ++lastQuestion);
    replies.insert(lastQuestion, reply);
    tell(message, handle);
}

void Worker::Private::answer(const QCborMap &question, QCborMap reply, const SharedDescriptor &handle)
{
    reply.insert(u"ack"_s, question.value(u"seq"_s).toInteger()); // whatever else it may be
    if (isConnected())
        channel->send({.kind = ChannelMessage::Kind::Internal, .value = reply, .handle = handle, .isAnswer = true});
}

void Worker::Private::handleLost(const ChannelMessage &message)
{
    if (message.kind != ChannelMessage::Kind::User)
        return; // whoever has sent it holds the descriptor, and is told by the answer
    sent.remove(message.about.value(u"counted"_s).toInteger());
    Handover::giveUp(message.about);
    Q_EMIT q->errorOccurred(codes::handleNotReceived());
}

void Worker::Private::garbled()
{
    Q_EMIT q->errorOccurred(Error::fromErrno(EPROTO, u"read"_s));
}

void Worker::Private::drained()
{
    Q_EMIT q->drained();
}

// Receiving ----------------------------------------------------------------------------------------------------

void Worker::Private::received(ChannelMessage message)
{
    if (message.kind == ChannelMessage::Kind::Internal) {
        receivedInternal(message.value.toMap(), message.handle);
        return;
    }
    if (held.isEmpty() && hasReceiver())
        deliver(message);
    else if (!held.add(message))
        lose(message);
}

// There is no room until somebody listens. Each is told.
void Worker::Private::lose(const ChannelMessage &message)
{
    if (!std::exchange(complained, true))
        qWarning("libnet: nobody receives the messages of process %lld; from now on they are lost",
                 static_cast<long long>(processId));
    if (const qint64 number = message.about.value(u"counted"_s).toInteger(); number && message.handle)
        wayBack->closed(number);
    Q_EMIT q->errorOccurred(Error::fromErrno(ENOBUFS, u"read"_s));
}

bool Worker::Private::hasReceiver() const
{
    static const QMetaMethod signal = QMetaMethod::fromSignal(&Worker::message);
    return q->isSignalConnected(signal) || (keeper && keeper->wantsMessages());
}

void Worker::Private::releaseHeld()
{
    const LifeGuard guard(this);
    while (!guard.isDead() && !held.isEmpty() && hasReceiver())
        deliver(held.takeFirst());
}

void Worker::Private::receivedInternal(const QCborMap &message, const SharedDescriptor &handle)
{
    if (message.contains(u"ack"_s)) {
        if (const Reply reply = replies.take(message.value(u"ack"_s).toInteger()))
            reply(message, handle);
    } else if (message.value(u"act"_s).toString() == "closedAway"_L1) {
        sent.remove(message.value(u"socket"_s).toInteger());
    } else if (keeper) {
        keeper->internal(*q, message, handle);
    }
}

void Worker::Private::deliver(const ChannelMessage &message)
{
    if (!message.handle) {
        tellMessage(message.value, {});
        return;
    }
    const LifeGuard guard(this);
    switch (Handover::kindOf(message.about)) {
    case Handover::Kind::Socket: {
        std::shared_ptr<Census> census;
        if (const qint64 number = message.about.value(u"counted"_s).toInteger())
            census = std::make_shared<ForeignCensus>(wayBack, number);
        const QPointer<Socket> socket =
            Handover::socket(message.about, std::move(*message.handle), std::move(census), processId);
        tellMessage(message.value, socket.data());
        if (socket)
            Handover::settle(socket);
        break;
    }
    case Handover::Kind::Server: {
        // Told once it listens, as Node does.
        Server *const server = Handover::server(q);
        QObject::connect(
            server, &Server::listening, q, [this, server, value = message.value] { tellMessage(value, server); },
            Qt::SingleShotConnection);
        Handover::share(server, std::move(*message.handle));
        break;
    }
    case Handover::Kind::BoundSocket: {
        BoundSocket bound = Handover::boundSocket(std::move(*message.handle));
        tellMessage(message.value, &bound);
        break;
    }
    case Handover::Kind::Nothing:
        tellMessage(message.value, {});
    }
}

void Worker::Private::tellMessage(const QCborValue &value, const Handle &handle)
{
    const LifeGuard guard(this);
    if (keeper)
        keeper->message(*q, value, handle);
    if (!guard.isDead())
        Q_EMIT q->message(value, handle);
}

// The end ------------------------------------------------------------------------------------------------------

void Worker::Private::disconnect()
{
    if (leaving || (id && inChild && !isConnected()))
        return;
    if (!isConnected()) {
        NextTick::current().post(this, [this] { Q_EMIT q->errorOccurred(codes::channelDisconnected()); });
        return;
    }
    if (!keeper || !id) {
        closeChannel();
        return;
    }
    leaving = true;
    keeper->leave(*q);
}

void Worker::Private::closeChannel()
{
    if (channel)
        channel->disconnect();
    updateLive();
}

void Worker::Private::kill(int signal)
{
    if (!inChild) {
        if (process && process->processId() > 0)
            ::kill(pid_t(process->processId()), signal ? signal : SIGTERM);
        return;
    }
    exitedAfterDisconnect = true;
    QObject::connect(
        q, &Worker::disconnected, q, [] { QCoreApplication::exit(0); }, Qt::SingleShotConnection);
    if (!isConnected())
        QCoreApplication::exit(0);
    else if (!id)
        closeChannel();
    else
        ask({{u"act"_s, u"exitedAfterDisconnect"_s}},
            [this](const QCborMap &, const SharedDescriptor &) { closeChannel(); });
}

void Worker::Private::disconnected()
{
    if (process && process->state() == QProcess::Starting) {
        disconnectedEarly = true; // that it could not be started comes first
        return;
    }
    if (std::exchange(toldDisconnected, true))
        return;
    const LifeGuard guard(this);
    sent.clear();
    const QHash<qint64, Reply> unanswered = std::exchange(replies, {});
    for (const Reply &reply : unanswered) {
        reply({}, {});
        if (guard.isDead())
            return;
    }
    // A child that waits for nothing ends now, also one that has never listened to us: as in Node, it is no orphan.
    if (inChild)
        live.hold();
    updateLive();
    if (keeper)
        keeper->disconnecting(*q);
    if (guard.isDead())
        return;
    Q_EMIT q->disconnected();
    if (!guard.isDead() && keeper)
        keeper->disconnected(*q);
}

} // namespace net
