#include "examples/demo/halfopentalk.h"

#include "examples/demo/named.h"
#include "examples/demo/toward.h"

#include <QTimer>

using namespace Qt::StringLiterals;

HalfOpenTalk::HalfOpenTalk(const net::ListenOptions &where)
{
    m_server.setObjectName(u"oracle"_s);
    connect(&m_server, &net::Server::connection, this, [this](net::Socket *socket) {
        named(socket, u"oracle answers"_s);
        connect(socket, &net::Socket::data, this,
                [this](const QByteArray &question) { m_asked += question.count('?'); });
        connect(socket, &net::Socket::ended, this, [this, socket] { answer(socket); });
    });
    m_server.listen(where, this, [this] { ask(); });
}

void HalfOpenTalk::ask()
{
    net::Socket *asker = named(net::connect(toward(m_server.address()), this), u"question %1"_s.arg(++m_questions));
    connect(asker, &net::Socket::data, this, [this](const QByteArray &answer) { m_answers += answer.count('\n'); });
    asker->setAutoDelete(true);
    asker->end(QByteArrayLiteral("Will it rain?\n"));
    connect(asker, &net::Socket::closed, this, [this] { QTimer::singleShot(500, this, [this] { ask(); }); });
}

void HalfOpenTalk::answer(net::Socket *socket)
{
    auto *pace = new QTimer(socket);
    pace->start(250);
    connect(pace, &QTimer::timeout, socket, [socket, pace, left = 16]() mutable {
        if (--left > 0) {
            socket->write(QByteArrayLiteral("The clouds are still being counted.\n"));
            return;
        }
        pace->stop();
        socket->end(QByteArrayLiteral("Perhaps.\n"));
    });
}
