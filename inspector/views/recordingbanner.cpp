#include "inspector/views/recordingbanner.h"

#include "inspector/models/strangetext.h"
#include "inspector/models/units.h"
#include "inspector/views/colours.h"

#include <QEvent>
#include <QFileInfo>
#include <QLocale>

namespace inspector {

using namespace Qt::StringLiterals;

QString recordingTitle(const Origin &origin)
{
    const QString date = QLocale().toString(origin.from.date(), QLocale::ShortFormat);
    const QString time = origin.from.time().toString(u"HH:mm:ss"_s);
    const QString length = spanText(origin.from.msecsTo(origin.to) * 1'000'000);
    const QString place = origin.host.isEmpty() ? QString() : RecordingBanner::tr(" on %1").arg(origin.host);
    return RecordingBanner::tr("Recording of %1, %2%3, %4 long: %5")
        .arg(date, time, place, length, QFileInfo(origin.file).fileName());
}

QString recordingFlaw(const Origin &origin)
{
    QStringList flaws;
    if (!origin.problem.isEmpty())
        flaws += origin.problem;
    if (origin.forgotten > 0)
        flaws += RecordingBanner::tr("there was no room for the oldest %1 of %2 events")
                     .arg(countText(origin.forgotten), countText(origin.events));
    return flaws.join(u"; "_s);
}

RecordingBanner::RecordingBanner(const Origin &origin, QWidget *parent)
    : QLabel(parent),
      m_isWhole(recordingFlaw(origin).isEmpty())
{
    setObjectName(u"recordingBanner"_s);
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setAutoFillBackground(true);
    setContentsMargins(8, 4, 8, 4);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    QString text = u"● "_s + recordingTitle(origin) + tr(". Nothing here is alive.");
    if (!m_isWhole)
        text += u"\n⚠ "_s + recordingFlaw(origin);
    setText(text);
    setToolTip(plainTip(tr("%1\nmade by %2").arg(origin.file, origin.software)));
    setAccessibleName(text);
    dress();
}

void RecordingBanner::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    // Its own palette is told of here as well, and is then what it should be.
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        dress();
}

void RecordingBanner::dress()
{
    QPalette dressed = parentWidget() ? parentWidget()->palette() : palette();
    const Colours &colours = Colours::of(dressed);
    QColor ground = m_isWhole ? colours.changed : colours.closed;
    ground.setAlphaF(0.35f);
    dressed.setColor(QPalette::Window, ground);
    dressed.setColor(QPalette::WindowText, dressed.color(QPalette::Text));
    if (dressed != palette())
        setPalette(dressed);
}

} // namespace inspector
