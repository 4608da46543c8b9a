#pragma once
#include "inspector/session/subjectkey.h"

#include <QObject>

namespace inspector {

/// The one object that is chosen, for every view.
class Selection : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    SubjectKey key() const { return m_key; }
    void choose(SubjectKey key)
    {
        if (m_key == key)
            return;
        m_key = key;
        Q_EMIT changed(key);
    }

Q_SIGNALS:
    void changed(inspector::SubjectKey key);

private:
    SubjectKey m_key;
};

} // namespace inspector
