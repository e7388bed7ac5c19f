// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/check_tables.h"

#include <QCoreApplication>
#include <algorithm>

#include "views/number_format.h"

namespace views {
namespace {

using types::CheckedLayer;
using types::FitLine;
using types::FittedTo;
using types::ProfileCheck;
using types::StudyCell;

QString inCheck(const char* text) {
    return QCoreApplication::translate("CheckTables", text);
}

std::string titled(const char* text) {
    return inCheck(text).toStdString();
}

std::string fittedText(FittedTo fittedTo) {
    switch (fittedTo) {
        case FittedTo::Yes:
            return titled("yes");
        case FittedTo::No:
            return titled("no");
        default:
            return titled("not recorded");
    }
}

/// Half width of the band, in percent of the prediction.
double bandPercent(const types::Estimate& predicted) {
    return 100 * (predicted.high / predicted.value - 1);
}

template <typename Value>
StudyCell cellOf(bool isKnown, Value value) {
    return isKnown ? StudyCell(value()) : StudyCell();
}

std::string whyNoError(const CheckedLayer& layer) {
    if (layer.isCompared()) return layer.row;
    return layer.predicted ? layer.whyNotCompared : layer.whyNotPredicted;
}

std::vector<StudyCell> cellsOf(const CheckedLayer& layer) {
    const bool isPredicted = layer.predicted.has_value(), isCompared = layer.isCompared();
    return {
        layer.name,
        layer.op,
        layer.type,
        layer.shape,
        cellOf(layer.measured.has_value(), [&] { return *layer.measured; }),
        cellOf(isPredicted, [&] { return layer.predicted->value; }),
        cellOf(isCompared, [&] { return layer.errorPercent(); }),
        cellOf(isPredicted, [&] { return bandPercent(*layer.predicted); }),
        cellOf(isCompared, [&] { return titled(layer.isInBand() ? "yes" : "no"); }),
        cellOf(isPredicted, [&] { return fittedText(layer.fittedTo); }),
        whyNoError(layer),
        layer.from,
    };
}

const types::FitErrors* errorsOf(const ProfileCheck& check, const std::string& key) {
    const auto line = std::ranges::find(check.lines, key, &FitLine::key);
    return line == check.lines.end() ? nullptr : &line->errors;
}

/// "412 of them it was fitted to", for what the profile saw or does not record.
QString partsText(const ProfileCheck& check) {
    QString text;
    const auto add = [&](const char* key, const QString& phrase) {
        const types::FitErrors* part = errorsOf(check, key);
        if (part && part->layers > 0) text += phrase.arg(grouped(part->layers));
    };
    add("fitted", inCheck(" It was fitted to %1 of the layers."));
    add("unrecorded", inCheck(" For %1 it does not record whether it was fitted to them."));
    return text;
}

}  // namespace

QString checkSentence(const ProfileCheck& check) {
    const types::FitErrors* total = errorsOf(check, "total");
    if (!total || total->layers == 0) return {};
    const auto percent = [](double value) { return tickText(Unit::Share, value / 100); };
    QString text =
        inCheck(
            "%1 layers: mean error %2, half below %3, nine in ten below %4; the "
            "90 % band held %5 of them.")
            .arg(grouped(total->layers), percent(total->mapePercent), percent(total->medianPercent),
                 percent(total->p90Percent), percent(total->coveredPercent));
    return text + partsText(check);
}

std::vector<types::FitPoint> pointsOf(const ProfileCheck& check) {
    std::vector<types::FitPoint> points;
    for (const CheckedLayer& layer : check.layers)
        if (layer.counts)
            points.push_back({layer.kind, layer.name + "\n" + layer.op + " " + layer.shape,
                              *layer.measured, layer.predicted->value,
                              bandPercent(*layer.predicted) / 100});
    return points;
}

types::StudyTable layersTable(const ProfileCheck& check) {
    types::StudyTable table;
    table.columns = {{titled("Layer"), ""},
                     {titled("Operator"), ""},
                     {titled("Type"), ""},
                     {titled("Shape"), ""},
                     {titled("Measured"), check.unit},
                     {titled("Predicted"), check.unit},
                     {titled("Error"), "%"},
                     {titled("Band ±"), "%"},
                     {titled("In band"), ""},
                     {titled("Fitted to it"), ""},
                     {titled("Row of the profile, or why there is no error"), ""},
                     {titled("From"), ""}};
    for (const CheckedLayer& layer : check.layers)
        table.rows.push_back(cellsOf(layer));
    return table;
}

types::StudyTable rowsTable(const ProfileCheck& check) {
    types::StudyTable table;
    table.columns = {{titled("Row of the profile"), ""}, {titled("Fitted to layers"), ""},
                     {titled("Which is recorded"), ""},  {titled("Band ±"), "%"},
                     {titled("Layers here"), ""},        {titled("Mean error"), "%"},
                     {titled("In the 90 % band"), "%"},  {titled("Source"), ""}};
    for (const types::CheckedRow& row : check.rows)
        table.rows.push_back({row.name, static_cast<double>(row.layers),
                              titled(row.layers == 0  ? "taken over from elsewhere"
                                     : row.isRecorded ? "yes"
                                                      : "no"),
                              100 * row.relativeBand, static_cast<double>(row.errors.layers),
                              row.errors.mapePercent, row.errors.coveredPercent, row.source});
    return table;
}

types::StudyTable leftOutTable(const ProfileCheck& check) {
    types::StudyTable table;
    table.columns = {{titled("Layers"), ""}, {titled("What"), ""}, {titled("Why"), ""}};
    const auto add = [&](const std::vector<types::LeftOutLayers>& leftOut, const char* what) {
        for (const types::LeftOutLayers& each : leftOut)
            table.rows.push_back({static_cast<double>(each.layers), titled(what), each.why});
    };
    add(check.notPredicted, "not predicted");
    add(check.notCompared, "predicted, but not compared");
    return table;
}

}  // namespace views
