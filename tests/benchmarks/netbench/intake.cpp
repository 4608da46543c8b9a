#include "tests/benchmarks/netbench/intake.h"

#include "tests/benchmarks/netbench/child.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace bench {

Intake measureIntake(bool quick)
{
    Intake intake;
    const QString program = QCoreApplication::applicationDirPath() + u"/bench_intake"_s;
    if (!QFileInfo::exists(program)) {
        intake.error = u"bench_intake was not built: it needs the inspector"_s;
        return intake;
    }
    const QString seconds = quick ? u"3"_s : u"11"_s;
    Child child(program, {u"--seconds"_s, seconds}, {}, Child::AnyCore);
    const auto line = child.readLine(90'000);
    if (!line) {
        intake.error = child.error();
        return intake;
    }
    const QJsonDocument told = QJsonDocument::fromJson(*line);
    intake.offered = told["offered"_L1].toDouble();
    intake.emitted = told["emitted"_L1].toDouble();
    intake.received = told["received"_L1].toDouble();
    intake.dropped = told["ringDropped"_L1].toDouble() + told["linkDropped"_L1].toDouble();
    intake.kept = told["kept"_L1].toDouble();
    intake.memory = told["memory"_L1].toDouble();
    intake.frameP99 = told["frameP99"_L1].toDouble();
    intake.ageP99 = told["ageP99"_L1].toDouble();
    return intake;
}

QJsonObject Intake::toJson() const
{
    if (!error.isEmpty())
        return {{u"error"_s, error}};
    return {{u"offered"_s, offered}, {u"emitted"_s, emitted}, {u"received"_s, received}, {u"dropped"_s, dropped},
            {u"kept"_s, kept},       {u"memory"_s, memory},   {u"frameP99"_s, frameP99}, {u"ageP99"_s, ageP99}};
}

} // namespace bench
