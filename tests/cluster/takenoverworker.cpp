// A worker that was taken over: it speaks to its primary in the channel's own words, and keeps to no rules.
#include <QCborArray>
#include <QCborMap>
#include <QtEndian>

#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

enum class Kind : char { User = 0, Internal = 1, Received = 2 };

int channel = -1;

void send(const QByteArray &bytes)
{
    for (qsizetype sent = 0; sent < bytes.size();) {
        const ssize_t now = ::send(channel, bytes.constData() + sent, size_t(bytes.size() - sent), MSG_NOSIGNAL);
        if (now < 0)
            std::exit(0); // hung up on
        sent += now;
    }
}

void sendBody(Kind kind, const QByteArray &body, bool announced = false)
{
    QByteArray header(6, '\0');
    qToLittleEndian(quint32(body.size()), header.data());
    header[4] = char(kind);
    header[5] = char(announced);
    send(header + body);
}

void sendValue(Kind kind, const QCborValue &value)
{
    sendBody(kind, QCborValue(QCborArray{value, QCborMap()}).toCbor());
}

void tell(QCborMap map, const QString &what)
{
    map.insert(u"told"_s, what);
    sendValue(Kind::User, map);
}

// Exactly \a size bytes. \a handles counts the descriptors that come with them.
QByteArray receive(qsizetype size, int &handles)
{
    QByteArray bytes(size, '\0');
    for (qsizetype got = 0; got < size;) {
        iovec piece = {bytes.data() + got, size_t(size - got)};
        alignas(cmsghdr) std::array<char, 256> control = {};
        msghdr message = {};
        message.msg_iov = &piece;
        message.msg_iovlen = 1;
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        const ssize_t now = ::recvmsg(channel, &message, 0);
        if (now <= 0)
            std::exit(0);
        for (const cmsghdr *one = CMSG_FIRSTHDR(&message); one; one = CMSG_NXTHDR(&message, const_cast<cmsghdr *>(one)))
            ++handles;
        got += now;
    }
    return bytes;
}

/// The next message of the primary's, and in "handle" whether a descriptor came with it.
QCborMap next()
{
    for (;;) {
        int handles = 0;
        const QByteArray header = receive(6, handles);
        const QByteArray body = receive(qFromLittleEndian<quint32>(header.constData()), handles);
        if (header.at(5))
            sendValue(Kind::Received, {});
        QCborMap map = QCborValue::fromCbor(body).toArray().at(0).toMap();
        if (map.value(u"act"_s).toString() == "leave"_L1)
            std::exit(0);
        map.insert(u"handle"_s, handles > 0);
        if (!map.isEmpty() && Kind(header.at(4)) != Kind::Received)
            return map;
    }
}

QCborMap ask(QCborMap question, qint64 number)
{
    question.insert(u"act"_s, u"listen"_s);
    question.insert(u"seq"_s, number);
    question.insert(u"backlog"_s, 5);
    sendValue(Kind::Internal, question);
    for (;;) {
        const QCborMap reply = next();
        if (reply.value(u"ack"_s).toInteger() == number)
            return reply;
    }
}

// To listen on a descriptor of the primary's.
void name(int descriptor)
{
    const QCborMap reply = ask({{u"fd"_s, descriptor}, {u"index"_s, 0}}, 1);
    tell({{u"error"_s, reply.value(u"error"_s).toInteger()}, {u"handle"_s, reply.value(u"handle"_s)}}, u"answer"_s);
}

// A port of chance, and another, and so on.
void askForPorts(int number)
{
    const QCborMap where = {{u"address"_s, u"127.0.0.1"_s}, {u"family"_s, 1}, {u"port"_s, 0}};
    int granted = 0;
    qint64 error = 0;
    for (int i = 0; i < number; ++i) {
        const QCborMap reply = ask({{u"where"_s, where}, {u"index"_s, i}}, i + 1);
        error = reply.value(u"error"_s).toInteger();
        granted += error == 0;
    }
    tell({{u"granted"_s, granted}, {u"error"_s, error}}, u"ports"_s);
}

// Little on the way, and much once it is read.
void sendZeros(int bytes)
{
    QByteArray body("\x82\x9a\0\0\0\0", 6);
    qToBigEndian(quint32(bytes), body.data() + 2);
    sendBody(Kind::User, body + QByteArray(bytes, '\0') + '\xa0');
}

// Asks, or hands over nothing, and never listens.
void askDeaf(bool announce)
{
    const QCborMap where = {{u"address"_s, u"127.0.0.1"_s}, {u"family"_s, 1}, {u"port"_s, 0}};
    const QCborMap question = {{u"act"_s, u"listen"_s}, {u"where"_s, where}, {u"index"_s, 0}};
    const QByteArray body = QCborValue(QCborArray{question, QCborMap()}).toCbor();
    for (;;)
        sendBody(Kind::Internal, body, announce);
}

// The port that all who listen by this are given, and its key.
QString listen()
{
    const QCborMap where = {{u"address"_s, u"127.0.0.1"_s}, {u"family"_s, 1}, {u"port"_s, 0}};
    const QString key = ask({{u"where"_s, where}, {u"index"_s, 0}}, 1).value(u"key"_s).toString();
    tell({}, u"listens"_s);
    return key;
}

// Asks how many connections the others have, without end and with \a size bytes that nobody needs.
void count(qsizetype size)
{
    const QCborMap question = {
        {u"act"_s, u"count"_s}, {u"key"_s, listen()}, {u"seq"_s, 2}, {u"more"_s, QByteArray(size, 'x')}};
    const QByteArray body = QCborValue(QCborArray{question, QCborMap()}).toCbor();
    for (;;)
        sendBody(Kind::Internal, body);
}

// Messages of \a size bytes.
void talk(int number, qsizetype size)
{
    for (int i = 0; i < number; ++i)
        sendValue(Kind::User, QByteArray(size, 'x'));
}

// Messages with a descriptor each.
void handOver(int number)
{
    const QCborMap bound = {{u"type"_s, 3}};
    const QByteArray body = QCborValue(QCborArray{u"handle"_s, bound}).toCbor();
    QByteArray frame(6, '\0');
    qToLittleEndian(quint32(body.size()), frame.data());
    frame[5] = 1;
    frame += body;
    const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    for (int i = 0; i < number; ++i) {
        iovec piece = {frame.data(), size_t(frame.size())};
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control = {};
        msghdr message = {};
        message.msg_iov = &piece;
        message.msg_iovlen = 1;
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        cmsghdr *const header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        *reinterpret_cast<int *>(CMSG_DATA(header)) = handle;
        if (::sendmsg(channel, &message, MSG_NOSIGNAL) != frame.size())
            std::exit(1);
        int handles = 0;
        receive(qFromLittleEndian<quint32>(receive(6, handles).constData()), handles); // that it has come
    }
}

} // namespace

int main(int argc, char **argv)
{
    channel = qEnvironmentVariableIntValue("LIBNET_CHANNEL_FD");
    ::fcntl(channel, F_SETFL, 0); // calls wait
    const QByteArray what = argc > 1 ? argv[1] : "";
    const int number = argc > 2 ? std::atoi(argv[2]) : 0;
    sendValue(Kind::Internal, QCborMap{{u"act"_s, u"online"_s}});
    if (what == "name")
        name(number);
    else if (what == "ports")
        askForPorts(number);
    else if (what == "ask deaf" || what == "announce deaf")
        askDeaf(what == "announce deaf");
    else if (what == "listen")
        listen();
    else if (what == "count")
        count(number);
    else if (what == "zeros")
        sendZeros(number);
    else if (what == "talk much")
        talk(number, 1024 * 1024);
    else if (what == "talk")
        talk(number, 1);
    else if (what == "hand over")
        handOver(number);
    for (;;)
        next();
}
