// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/sessions_model.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

#include "views/models/roles.h"
#include "views/models/sample_summary.h"
#include "views/number_format.h"

namespace views {
namespace {

using types::Measurement;
using types::Quantity;
using types::Session;

QString text(const std::string& value) {
    return QString::fromStdString(value);
}

QString runtimeText(const types::Conditions& conditions) {
    QStringList parts;
    for (const std::string& part :
         {conditions.runtime, conditions.runtimeVersion, conditions.kernels})
        if (!part.empty()) parts << text(part);
    return parts.join(QStringLiteral(", "));
}

size_t sampleCount(const Session& session) {
    size_t count = 0;
    for (const Measurement& measurement : session.measurements)
        count += measurement.samples.size();
    return count;
}

QString wholeText(const Session& session) {
    const Measurement* whole = wholeOf(session);
    if (!whole) return {};
    const auto summary = summarize(whole->samples);
    return summary ? quantityText(whole->quantity, summary->median) : QString();
}

QString cellText(const Session& session, int column) {
    const types::Conditions& conditions = session.conditions;
    switch (column) {
        case SessionsModel::Name:
            return text(session.name);
        case SessionsModel::Source:
            return types::sourceName(conditions.source);
        case SessionsModel::Board:
            return text(conditions.board.empty() ? conditions.core : conditions.board);
        case SessionsModel::Clock:
            return conditions.clockMhz > 0 ? QStringLiteral("%1 MHz").arg(conditions.clockMhz)
                                           : QString();
        case SessionsModel::Runtime:
            return runtimeText(conditions);
        case SessionsModel::Model:
            return text(conditions.modelName);
        case SessionsModel::Whole:
            return wholeText(session);
        case SessionsModel::Samples:
            return grouped(static_cast<int64_t>(sampleCount(session)));
        default:
            return text(session.startedAt);
    }
}

QVariant sortValue(const Session& session, int column) {
    if (column == SessionsModel::Clock) return session.conditions.clockMhz;
    if (column == SessionsModel::Samples) return static_cast<qulonglong>(sampleCount(session));
    if (column != SessionsModel::Whole) return cellText(session, column);
    const Measurement* whole = wholeOf(session);
    const auto summary = whole ? summarize(whole->samples) : std::nullopt;
    return summary ? summary->median : -1.0;
}

}  // namespace

const Measurement* wholeOf(const Session& session) {
    const Measurement* estimated = nullptr;
    for (Quantity quantity : {Quantity::LatencyUs, Quantity::Cycles, Quantity::Instructions,
                              Quantity::Ticks, Quantity::EnergyUj})
        for (const Measurement& measurement : session.measurements) {
            if (measurement.quantity != quantity || measurement.key != types::kWhole) continue;
            if (!measurement.estimated) return &measurement;
            if (!estimated) estimated = &measurement;
        }
    return estimated;
}

QString quantityText(Quantity quantity, double value) {
    switch (quantity) {
        case Quantity::LatencyUs:
            return shortText(Unit::Microseconds, value);
        case Quantity::EnergyUj:
            return shortText(Unit::Microjoules, value);
        case Quantity::Bytes:
            return shortText(Unit::Bytes, value);
        case Quantity::Share:
            return shortText(Unit::Share, value);
        default:
            break;
    }
    return (shortText(Unit::Count, value) + ' ' + types::unitOf(quantity)).trimmed();
}

QString measuredNumber(double value) {
    const double size = std::abs(value);
    const int whole = size >= 1 ? static_cast<int>(std::floor(std::log10(size))) + 1 : 1;
    const QLocale locale(QLocale::English, QLocale::UnitedStates);
    return locale.toString(value, 'f', std::max(0, 5 - whole)).replace('-', QChar(0x2212));
}

QString sampleNumber(Quantity quantity, double value) {
    const bool isCounted = quantity == Quantity::Instructions || quantity == Quantity::Count ||
                           quantity == Quantity::Bytes;
    if (!isCounted || value != std::floor(value)) return measuredNumber(value);
    return grouped(static_cast<int64_t>(value)).replace('-', QChar(0x2212));
}

QString unitText(Quantity quantity) {
    return QString::fromUtf8(types::unitOf(quantity))
        .replace(QStringLiteral("uJ"), "µJ")
        .replace(QStringLiteral("us"), "µs");
}

QVariant SessionsModel::cell(int row, int column, int role) const {
    const Session& session = *at(row);
    switch (role) {
        case Qt::DisplayRole: {
            const QString cell = cellText(session, column);
            return cell.isEmpty() ? kUnknown : cell;
        }
        case PlainRole:
            return cellText(session, column);
        case SortRole:
            return sortValue(session, column);
        case Qt::ToolTipRole:
            return cellText(session, column).isEmpty() ? tr("the log does not say")
                                                       : cellText(session, column);
        default:
            return {};
    }
}

QVariant SessionsModel::headerCell(int column, int role) const {
    if (role != Qt::DisplayRole) return {};
    const QStringList names{tr("Session"), tr("Whole"), tr("Source"),  tr("Board"),  tr("Clock"),
                            tr("Runtime"), tr("Model"), tr("Samples"), tr("Started")};
    return names.value(column);
}

}  // namespace views
