#pragma once
#include <libnet/net.h>

/// A client that ends its side right after its question, and a server that answers for seconds to come:
/// a half-open conversation. When one is over, the next begins.
class HalfOpenTalk : public QObject
{
public:
    explicit HalfOpenTalk(const net::ListenOptions &where);

private:
    void ask();
    void answer(net::Socket *socket);

    net::Server m_server{{.allowHalfOpen = true}};
    int m_questions = 0;
    qsizetype m_asked = 0;
    qsizetype m_answers = 0;
};
