#pragma once
#include <QByteArray>
#include <QList>

namespace net {

/// What was read and not yet delivered, and whether it may be. Knows neither descriptor nor signals.
class ReadSide
{
public:
    /// Untouched: nobody has ever listened. It fills up to the high-water mark and flows once somebody does.
    enum class Flow : quint8 { Untouched, Flowing, Paused };

    explicit ReadSide(qsizetype highWaterMark) : m_highWaterMark(highWaterMark) {}

    Flow flow() const { return m_flow; }
    void setFlow(Flow flow) { m_flow = flow; }
    bool isFlowing() const { return m_flow == Flow::Flowing; }

    /// Whether the descriptor should be read.
    bool wantsMore() const { return !m_ended && (m_length == 0 || m_length < m_highWaterMark || isFlowing()); }
    bool isEmpty() const { return m_length == 0; }
    qsizetype length() const { return m_length; }
    qsizetype highWaterMark() const { return m_highWaterMark; }
    /// Lets \a count bytes come together, if somebody waits for so many.
    void makeRoomFor(qsizetype count);

    void push(const QByteArray &bytes);
    /// Puts \a bytes before everything else.
    void unshift(const QByteArray &bytes);
    /// The oldest chunk, as it was read.
    QByteArray take();
    /// The first \a count bytes, across chunks.
    QByteArray take(qsizetype count);

    /// All of it, put together.
    const QByteArray &together();

    // Node's bookkeeping for 'readable'.
    bool listening = false;      ///< somebody waits for readyRead(): data does not flow by itself
    bool needReadable = false;   ///< readyRead() is due when something comes
    bool readablePosted = false; ///< readyRead() is on its way

    /// The peer has sent its FIN: nothing more comes.
    bool ended() const { return m_ended; }
    void setEnded() { m_ended = true; }
    /// ended() was told to the user.
    bool endEmitted() const { return m_endEmitted; }
    void setEndEmitted() { m_endEmitted = true; }

    /// Forgets everything but an explicit pause and the mark, for a new connection.
    void reset();

private:
    // Beside the other small ones: each socket has one of us.
    Flow m_flow = Flow::Untouched;
    bool m_ended = false;
    bool m_endEmitted = false;
    QList<QByteArray> m_chunks;
    qsizetype m_offset = 0; ///< bytes of the first chunk that are gone
    qsizetype m_length = 0;
    qsizetype m_highWaterMark;
};

} // namespace net
