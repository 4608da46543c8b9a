#include "inspector/views/recordinglamp.h"

#include "inspector/models/strangetext.h"
#include "inspector/models/units.h"
#include "inspector/views/colours.h"

#include <QFileInfo>

namespace inspector {

using namespace Qt::StringLiterals;

RecordingLamp::RecordingLamp(SessionRecorder &recorder, QWidget *parent) : QLabel(parent), m_recorder(recorder)
{
    setObjectName(u"recordingLamp"_s);
    setTextFormat(Qt::PlainText);
    setContentsMargins(6, 0, 6, 0);
    hide();
    connect(&m_recorder, &SessionRecorder::started, this, &RecordingLamp::advance);
    connect(&m_recorder, &SessionRecorder::advanced, this, &RecordingLamp::advance);
    connect(&m_recorder, &SessionRecorder::stopped, this, [this](const QString &problem) {
        setVisible(!problem.isEmpty());
        if (!problem.isEmpty())
            show(tr("⚠ recording has stopped: %1").arg(problem));
    });
}

void RecordingLamp::advance()
{
    const SessionRecorder::Counts &counts = m_recorder.counts();
    show(tr("● recording %1: %2, %3")
             .arg(QFileInfo(m_recorder.file()).fileName(), bytesText(static_cast<quint64>(counts.bytes)),
                  spanText(counts.length.count())));
}

void RecordingLamp::show(const QString &text)
{
    QPalette dressed = parentWidget() ? parentWidget()->palette() : palette();
    dressed.setColor(QPalette::WindowText, Colours::of(dressed).bad);
    if (dressed != palette())
        setPalette(dressed);
    setText(text);
    setToolTip(plainTip(m_recorder.file()));
    setVisible(true);
}

} // namespace inspector
