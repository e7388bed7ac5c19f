// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporting_dialog.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <array>
#include <filesystem>

#include "exporting/c_array.h"
#include "exporting/layers_csv.h"
#include "tflite/write.h"

namespace app {
namespace {

struct Format {
    const char* filter;
    const char* ending;
};

constexpr std::array<Format, 3> kFormats = {{
    {QT_TRANSLATE_NOOP("Export", "Model (*.tflite)"), "tflite"},
    {QT_TRANSLATE_NOOP("Export", "C array (*.cc)"), "cc"},
    {QT_TRANSLATE_NOOP("Export", "Layers as CSV (*.csv)"), "csv"},
}};

/// "kws_w0.75": a file name without spaces.
QString proposedName(const types::Evaluation& evaluation) {
    QString name = QString::fromStdString(evaluation.graph->name);
    if (!evaluation.variation.isIdentity())
        name += '_' + QString::fromStdString(evaluation.variation.label());
    return name.replace(' ', '_');
}

std::filesystem::path pathOf(const QString& path) {
    return std::filesystem::path(path.toStdString());
}

}  // namespace

types::Result<QStringList> exportTo(const types::Evaluation& evaluation, const QString& path) {
    const QString ending = QFileInfo(path).suffix();
    if (ending == "csv") {
        const auto written = exporting::writeLayersCsv(evaluation, pathOf(path));
        if (!written) return tl::unexpected(written.error());
        return QStringList{path};
    }
    if (ending == "tflite") {
        const auto written = tflite::write(*evaluation.graph, pathOf(path));
        if (!written) return tl::unexpected(written.error());
        return QStringList{path};
    }
    if (ending != "cc" && ending != "h")
        return types::fail("unknown export format", path.toStdString(),
                           "end the name in .tflite, .cc or .csv");
    const auto written = exporting::writeCArray(evaluation, pathOf(path));
    if (!written) return tl::unexpected(written.error());
    QStringList files;
    for (const auto& file : *written)
        files << QString::fromStdString(file.string());
    return files;
}

types::Result<QStringList> askAndExport(QWidget& parent, const types::Evaluation& evaluation) {
    QStringList filters;
    for (const Format& format : kFormats)
        filters << QCoreApplication::translate("Export", format.filter);
    QString chosen;
    QString path = QFileDialog::getSaveFileName(
        &parent, QCoreApplication::translate("Export", "Export what is shown"),
        proposedName(evaluation) + ".tflite", filters.join(";;"), &chosen);
    if (path.isEmpty()) return QStringList{};
    const auto& format = kFormats[static_cast<size_t>(qMax(0, filters.indexOf(chosen)))];
    const QString wanted = QString('.') + format.ending;
    if (!path.endsWith(wanted)) {
        // The proposed name has the model's extension; other formats have others.
        if (path.endsWith(".tflite")) path.chop(7);
        path += wanted;
    }
    return exportTo(evaluation, path);
}

}  // namespace app
