#pragma once
#include "inspector/session/agentfeed.h"

#include <memory>

/// A feed whose agent's bytes come out of memory.
class FeedDesk
{
public:
    FeedDesk()
        : records(100'000, 1'000'000),
          feed(1, {.pid = 4711, .name = QStringLiteral("demo"), .socket = QStringLiteral("/nonexistent")}, records)
    {
        connect();
    }

    /// A new conversation, as after a lost link.
    void connect()
    {
        dialogue = std::make_unique<inspector::Dialogue>();
        feed.follow(dialogue.get());
    }
    const inspector::RowIdentity &identity(quint64 subject)
    {
        return records.objects.identity(records.objects.find({1, subject}));
    }
    const net::wire::CounterRecord &counters(quint64 subject)
    {
        return records.objects.counters(records.objects.find({1, subject}));
    }

    inspector::Records records;
    inspector::AgentFeed feed;
    std::unique_ptr<inspector::Dialogue> dialogue;
};
