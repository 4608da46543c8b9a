#pragma once
#include "libnet/agent/modulelist.h"

#include <QFile>
#include <QLibrary>

/// stacksample.cpp as a library that this process has loaded, and the place in it that it returns.
struct SampleModule
{
    explicit SampleModule(const QString &path)
    {
        QLibrary library(path);
        const auto samplePlace = reinterpret_cast<void *(*)()>(library.resolve("samplePlace"));
        if (!samplePlace)
            qFatal("%s", qPrintable(library.errorString()));
        address = reinterpret_cast<quintptr>(samplePlace()) - 1; // in the call
        net::agent::ModuleList modules;
        modules.look();
        module =
            modules.numbered().empty() && modules.numberOf(address) ? modules.numbered().front() : net::wire::Module();
    }
    quint64 inFile() const { return address - module.record.base; }
    /// The line of stacksample.cpp with that comment.
    static int lineOf(const QByteArray &comment)
    {
        QFile source(QStringLiteral(SAMPLE_SOURCE));
        if (!source.open(QIODevice::ReadOnly))
            return -1;
        const QByteArrayList lines = source.readAll().split('\n');
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (lines.at(i).contains("// " + comment))
                return int(i) + 1;
        }
        return -1;
    }

    net::wire::Module module;
    quint64 address = 0;
};
