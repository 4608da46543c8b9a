#pragma once
#include "libnet/error.h"
#include "libnet/probe/subject.h"

#include <QObject>

namespace net::foreign {

/// The probe's subject for an object of Qt's own: its child, so that it goes with it and moves with it.
class ForeignSubject : public QObject, public probe::Subject
{
public:
    ForeignSubject(probe::SubjectKind kind, QObject *object);
    ~ForeignSubject() override;

    probe::Facts facts() const final;

    /// The subject of \a object, if it has one.
    static ForeignSubject *of(const QObject *object);

protected:
    /// Everything but what all have in common.
    virtual void fill(probe::Facts &facts) const = 0;
    void opened();
    void describe();
    void tell(probe::EventKind why, quint64 a = 0, quint64 b = 0);
    void fail(const Error &error);
    bool event(QEvent *event) override;
    /// The object is about to leave this thread.
    virtual void leaving() {}
    /// The object has arrived in this thread, which is another one.
    virtual void arrived() {}

private:
    QObject *m_object;
    qint64 m_createdAt;
    Error m_lastError;
};

} // namespace net::foreign
