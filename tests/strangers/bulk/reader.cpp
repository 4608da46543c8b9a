// Reads one connection to its end and rests at random: bulk_reader PATH SEED.
// First "listening on <path>", at the end "<SHA-256> <bytes> <rests>".
#include <libnet/net.h>

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QTextStream>
#include <QTimer>

/// Adds up what comes, and pauses the socket after a random amount for a random time.
class RestlessReader : public QObject
{
public:
    RestlessReader(net::Socket *socket, quint32 seed) : QObject(socket), m_socket(socket), m_random(seed)
    {
        connect(socket, &net::Socket::data, this, &RestlessReader::read);
        connect(socket, &net::Socket::ended, this, [this] {
            QTextStream(stdout) << m_hash.result().toHex() << ' ' << m_bytes << ' ' << m_rests << Qt::endl;
        });
    }

private:
    void read(const QByteArray &bytes)
    {
        m_hash.addData(bytes);
        m_bytes += bytes.size();
        m_untilRest -= bytes.size();
        if (m_untilRest > 0)
            return;
        m_untilRest = m_random.bounded(4 << 20);
        ++m_rests;
        m_socket->pause();
        QTimer::singleShot(m_random.bounded(8), this, [this] { m_socket->resume(); });
    }

    net::Socket *const m_socket;
    QRandomGenerator m_random;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    qint64 m_bytes = 0;
    qint64 m_untilRest = 0;
    int m_rests = 0;
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    net::Server server;
    QObject::connect(&server, &net::Server::connection, [&](net::Socket *socket) {
        new RestlessReader(socket, arguments.value(2).toUInt());
        server.close();
    });
    QObject::connect(&server, &net::Server::closed, &app, &QCoreApplication::quit);
    server.listen(arguments.value(1), &app,
                  [&] { QTextStream(stdout) << "listening on " << server.address().toString() << Qt::endl; });
    return app.exec();
}
