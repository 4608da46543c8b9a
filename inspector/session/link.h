#pragma once
#include "inspector/session/dialogue.h"
#include "libnet/wire/rendezvous.h"

#include <QLocalSocket>
#include <QTimer>

#include <memory>

namespace inspector {

/// The line to one agent: connects, greets, and connects again when it breaks, until it is told that the process
/// is dead. Every connection has a Dialogue of its own.
class Link : public QObject
{
    Q_OBJECT

public:
    enum class State : quint8 { Off, Connecting, Greeting, Attached, Waiting };

    explicit Link(const net::wire::AgentCard &card, QObject *parent = nullptr);
    ~Link() override;

    /// Connects, and again after each break.
    void open();
    /// Takes what the agent has said and nobody has read yet.
    void readLast();
    /// Hangs up for good.
    void close();
    void capture(quint64 subject, bool on);
    /// An agent that is too old to know what is meant is not asked.
    void watch(const QList<net::wire::WatchRecord> &wanted);
    /// Whether the agent, once attached, speaks that version.
    bool speaks(quint16 version) const;
    /// Has the application do something; answered() follows with the number returned. 0: it is not to be had.
    quint64 command(quint64 subject, const QString &verb, const QCborMap &arguments = {});

    State state() const { return m_state; }
    const net::wire::AgentCard &card() const { return m_card; }
    /// Why it is not attached; empty while nothing went wrong.
    QString problem() const { return m_problem; }
    bool hasRight(net::wire::Right right) const;
    /// What the agent said last was no sense.
    bool wasMisunderstood() const;

Q_SIGNALS:
    /// A new conversation begins: connect to what it says.
    void begun(inspector::Dialogue *dialogue);
    void stateChanged();
    void answered(const net::wire::CommandResult &result);

private:
    static QString problemOf(const QLocalSocket &socket);
    void start();
    void greet();
    void read();
    void send(const net::wire::Command &command);
    void giveUp(const QString &problem);
    void setState(State state);

    net::wire::AgentCard m_card;
    std::unique_ptr<Dialogue> m_dialogue;
    QLocalSocket m_socket;
    QTimer m_patience; ///< for an answer
    QTimer m_retry;
    QTimer m_hold; ///< tells the agent that we are alive, lest it undoes what we have armed
    quint64 m_lastCommand = 0;
    int m_attempts = 0;
    QString m_problem;
    State m_state = State::Off;
};

} // namespace inspector
