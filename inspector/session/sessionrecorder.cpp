#include "inspector/session/sessionrecorder.h"

#include "inspector/session/sessionstate.h"

#include <cstring>

namespace inspector {

using namespace net::wire;

SessionRecorder::SessionRecorder(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(&m_session, &Session::met, this, &SessionRecorder::meet);
    connect(&m_session, &Session::heard, this, &SessionRecorder::take);
    connect(&m_session, &Session::parted, this, &SessionRecorder::part);
    connect(&m_session, &Session::framed, this, &SessionRecorder::flush);
}

SessionRecorder::~SessionRecorder()
{
    blockSignals(true);
    stop();
}

QString SessionRecorder::start(const QString &file, bool withPayload)
{
    stop();
    m_file.setFileName(file);
    // The writer gathers what belongs together, and must hear of a full disk at once.
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return m_file.errorString();
    m_writer = std::make_unique<SessionFileWriter>(m_file);
    m_counts = {};
    m_startedAt = now();
    m_writer->begin(SessionState::headOf(m_session.records(), true));
    const SessionState state(m_session.records(), SessionState::Scope::Shown);
    QSet<quint32> known;
    state.writeProcesses(*m_writer, known);
    state.writeObjects(*m_writer);
    state.writeStacks(*m_writer);
    state.writeSums(*m_writer);
    state.writeEnds(*m_writer);
    if (!m_writer->flush()) {
        const QString problem = m_writer->problem();
        m_writer.reset();
        m_file.close();
        return problem;
    }
    m_counts.processes = static_cast<int>(m_session.feeds().size());
    m_counts.bytes = m_writer->bytes();
    m_withPayload = withPayload;
    if (withPayload)
        m_session.captureAll(true);
    Q_EMIT started();
    return {};
}

QString SessionRecorder::stop()
{
    if (!isRecording())
        return {};
    m_writer->end(now());
    const QString problem = m_writer->problem();
    end(problem);
    return problem;
}

void SessionRecorder::end(const QString &problem)
{
    m_counts.length = std::chrono::nanoseconds(now() - m_startedAt);
    m_counts.bytes = m_writer->bytes();
    m_writer.reset();
    m_file.close();
    if (m_withPayload)
        m_session.captureAll(false);
    Q_EMIT stopped(problem);
}

void SessionRecorder::meet(quint32 process)
{
    const AgentFeed *const feed = m_session.feed(process);
    if (!isRecording() || !feed)
        return;
    ++m_counts.processes;
    m_writer->appendCard(process, now(), feed->card());
}

void SessionRecorder::take(quint32 process, const Frame &frame)
{
    if (!isRecording())
        return;
    FrameHeader header{.size = static_cast<quint32>(frame.payload.size()),
                       .type = static_cast<quint8>(frame.type),
                       .flags = frame.flags};
    QByteArray bytes(reinterpret_cast<const char *>(&header), sizeof header);
    bytes.append(frame.payload);
    m_writer->appendFrames(process, now(), bytes, frame.type == FrameType::Hello ? conversationFlag : 0);
    if (frame.type == FrameType::Events && frame.payload.size() >= qsizetype(sizeof(BatchHead))) {
        BatchHead head;
        std::memcpy(&head, frame.payload.data(), sizeof head);
        m_counts.events += head.count;
    } else if (frame.type == FrameType::Payload) {
        m_counts.payload += static_cast<quint64>(frame.payload.size());
    }
}

void SessionRecorder::part(quint32 process)
{
    if (!isRecording())
        return;
    const qint64 at = now();
    m_writer->append(EntryKind::Gone, process, at, QByteArrayView(reinterpret_cast<const char *>(&at), sizeof at));
}

void SessionRecorder::flush()
{
    if (!isRecording())
        return;
    if (!m_writer->flush()) {
        end(m_writer->problem());
        return;
    }
    m_counts.bytes = m_writer->bytes();
    m_counts.length = std::chrono::nanoseconds(now() - m_startedAt);
    Q_EMIT advanced();
}

} // namespace inspector
