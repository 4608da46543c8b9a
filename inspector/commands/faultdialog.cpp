#include "inspector/commands/faultdialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

#include <limits>

namespace inspector {

using namespace Qt::StringLiterals;

static constexpr int minute = 60'000;

FaultDialog::FaultDialog(const QString &target, QWidget *parent) : QDialog(parent)
{
    setObjectName(u"faultDialog"_s);
    setWindowTitle(tr("Arm a fault"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *const form = new QFormLayout(this);
    auto *const about = new QLabel(
        tr("%1 suffers this until it is disarmed, or the inspector goes. No byte is lost and none overtakes another, "
           "but by a reset. On a server, it strikes the connections to come.")
            .arg(target.toHtmlEscaped()));
    about->setWordWrap(true);
    form->addRow(about);
    add(*form, tr("&Latency"), u"latency"_s, minute, tr(" ms"));
    add(*form, tr("&Jitter, on top"), u"jitter"_s, minute, tr(" ms"));
    add(*form, tr("&Bandwidth"), u"bandwidth"_s, std::numeric_limits<int>::max(), tr(" B/s"));
    add(*form, tr("&Slices of"), u"slice"_s, 1 << 30, tr(" B"));
    add(*form, tr("Slow &close: FIN after"), u"slowClose"_s, minute, tr(" ms"));
    m_stall = new QCheckBox(tr("&Time out: nothing is read or sent"));
    m_stall->setObjectName(u"stall"_s);
    form->addRow(m_stall);
    m_resets = new QCheckBox(tr("&Reset after"));
    m_resets->setObjectName(u"resets"_s);
    m_reset = new QSpinBox;
    m_reset->setObjectName(u"resetAfter"_s);
    m_reset->setAccessibleName(tr("Bytes after which the connection is reset"));
    m_reset->setRange(0, std::numeric_limits<int>::max());
    m_reset->setSuffix(tr(" B"));
    m_reset->setEnabled(false);
    connect(m_resets, &QCheckBox::toggled, m_reset, &QWidget::setEnabled);
    form->addRow(m_resets, m_reset);
    QSpinBox *const probability = add(*form, tr("&Probability"), u"probability"_s, 100, tr(" % of connections"));
    probability->setSpecialValueText({});
    probability->setValue(100);
    auto *const buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("&Arm"));
    connect(buttons, &QDialogButtonBox::accepted, this, &FaultDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    form->addRow(buttons);
    m_numbers.constFirst()->setFocus();
}

QSpinBox *FaultDialog::add(QFormLayout &form, const QString &label, const QString &name, int most, const QString &unit)
{
    auto *const box = new QSpinBox;
    box->setObjectName(name);
    box->setRange(0, most);
    box->setSuffix(unit);
    box->setSpecialValueText(tr("none"));
    form.addRow(label, box);
    m_numbers.append(box);
    return box;
}

QCborMap FaultDialog::plan() const
{
    QCborMap plan;
    for (const QSpinBox *box : m_numbers) {
        if (box->value() > 0 || box->objectName() == "probability"_L1)
            plan.insert(box->objectName(), box->value());
    }
    if (m_stall->isChecked())
        plan.insert(u"stall"_s, 1);
    if (m_resets->isChecked())
        plan.insert(u"resetAfter"_s, m_reset->value());
    return plan;
}

void FaultDialog::accept()
{
    Q_EMIT armed(plan());
    QDialog::accept();
}

} // namespace inspector
