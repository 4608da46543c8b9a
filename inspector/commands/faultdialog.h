#pragma once
#include <QCborMap>
#include <QDialog>

class QCheckBox;
class QFormLayout;
class QSpinBox;

namespace inspector {

/// Asks what a connection, or a server's future connections, shall suffer.
class FaultDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a target as the person calls it.
    explicit FaultDialog(const QString &target, QWidget *parent = nullptr);

    /// The arguments of the command "arm".
    QCborMap plan() const;
    void accept() override;

Q_SIGNALS:
    void armed(const QCborMap &plan);

private:
    QSpinBox *add(QFormLayout &form, const QString &label, const QString &name, int most, const QString &unit);

    QList<QSpinBox *> m_numbers;
    QCheckBox *m_stall;
    QSpinBox *m_reset;
    QCheckBox *m_resets;
};

} // namespace inspector
