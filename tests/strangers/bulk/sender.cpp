// Sends pseudo-random bytes as fast as it may, heeding write(): bulk_sender PORT MEBIBYTES SEED.
// At the end: "<SHA-256> <bytes> <KiB above the start at the peak>".
#include "tests/strangers/bulk/memorymark.h"

#include <libnet/net.h>

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QTextStream>

using namespace Qt::StringLiterals;

static constexpr qsizetype BlockSize = 64 * 1024;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    const MemoryMark memory(QCoreApplication::applicationPid());
    QRandomGenerator random(arguments.value(3).toUInt());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    qint64 left = arguments.value(2).toLongLong() << 20;

    net::Socket socket;
    const auto send = [&] {
        while (left > 0) {
            QByteArray block(BlockSize, Qt::Uninitialized);
            random.fillRange(reinterpret_cast<quint32 *>(block.data()), BlockSize / 4);
            hash.addData(block);
            left -= BlockSize;
            if (!socket.write(block))
                return;
        }
        socket.end();
    };
    QObject::connect(&socket, &net::Socket::connected, &app, send);
    QObject::connect(&socket, &net::Socket::drain, &app, send);
    QObject::connect(&socket, &net::Socket::errorOccurred, &app,
                     [](const net::Error &error) { QTextStream(stderr) << error.message() << Qt::endl; });
    QObject::connect(&socket, &net::Socket::closed, &app, [&](bool hadError) {
        QTextStream(stdout) << hash.result().toHex() << ' ' << socket.bytesWritten() << ' ' << memory.growth()
                            << Qt::endl;
        QCoreApplication::exit(hadError ? 1 : 0);
    });
    socket.resume();
    socket.connectTo(arguments.value(1).toInt(), u"127.0.0.1"_s);
    return app.exec();
}
