#pragma once
#include "inspector/models/filter.h"
#include "inspector/session/objecttable.h"

namespace inspector {

/// Who connects stands left, who is connected to stands right. A process with both clients and servers stands on
/// both sides; servers of several processes that share a listener are one node.
struct TopologyNode
{
    enum class Kind : quint8 { Process, Server, Peer, OtherPeers };

    Kind kind = Kind::Process;
    bool right = false;
    SubjectKey key = {}; ///< of a process, server or shared listener
    QString title = {};
    QString subtitle = {};
    QString condition = {}; ///< the filter's, that its connections pass; may be empty
    int connections = 0;
};

/// All connections between two nodes, as \a from sees them.
struct TopologyEdge
{
    int from = 0; ///< a node on the left
    int to = 0;   ///< a node on the right
    int connections = 0;
    double forth = 0; ///< bytes a second
    double back = 0;
    bool waits = false; ///< one of them waits for drain or is paused
};

struct Topology
{
    std::vector<TopologyNode> nodes = {};
    std::vector<TopologyEdge> edges = {};

    /// Beyond so many peers on a side the smallest are put together.
    static constexpr int mostPeers = 8;
};

/// The graph of the sockets that pass \a filter, and of their servers. A connection of which both ends are known is
/// there once, between its two processes.
Topology topologyOf(const ObjectTable &table, const Filter &filter, qint64 now);

} // namespace inspector
