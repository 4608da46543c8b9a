#pragma once
#include <libnet/net.h>

class QCoreApplication;

/// Answers one HTTP request with \a name, and ends.
void answer(net::Socket *socket, const QByteArray &name);

/// Serves in \a threads threads. They listen for themselves on one port (\a reusePort), or the main thread accepts and
/// hands each connection to the next of them.
int serveInThreads(QCoreApplication &app, int port, int threads, bool reusePort);
