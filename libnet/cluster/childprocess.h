#pragma once
#include "libnet/cluster/worker.h"
#include "libnet/transport/descriptor.h"

/// Starting a process that inherits one end of a channel, and being one.
namespace net::childprocess {

/// Starts \a process with the channel's end \a descriptor. \a id: of a cluster's worker, or 0.
void start(QProcess &process, const ForkOptions &options, const Descriptor &descriptor, int id);

/// \a process goes on without anybody; it is reaped when it ends, if we are still there.
void letGo(QProcess &process);

/// What options.exec stands for.
QString programOf(const ForkOptions &options);
/// Why that can't be started, as far as can be seen, or 0: Qt 6.4 leaks a descriptor if it can't.
int whyNot(const ForkOptions &options);

/// This process's id in the cluster that has forked it, or 0. Thread-safe.
int workerId();
/// The channel that this process was started with, once; the environment says no more of it afterwards, so that it is
/// not taken for that of processes we start. Nothing if there was none.
Descriptor takeInheritedChannel();

} // namespace net::childprocess
