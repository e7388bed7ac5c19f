// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export_forms.h"

#include <QCoreApplication>
#include <filesystem>

#include "app/resource_dir.h"
#include "document/save_document.h"
#include "exporting/c_array.h"
#include "exporting/c_library.h"
#include "exporting/graph_overlays.h"
#include "exporting/layers_csv.h"
#include "tflite/write.h"
#include "views/number_format.h"

namespace app {
namespace {

using types::Evaluation;
using types::Result;
using Files = std::vector<std::filesystem::path>;

constexpr ExportKind kKinds[] = {
    {"tflite", QT_TRANSLATE_NOOP("Export", "TensorFlow Lite model"),
     QT_TRANSLATE_NOOP("Export",
                       "The shown variation as a .tflite file, for TensorFlow Lite Micro and every "
                       "tool that reads the format."),
     QT_TRANSLATE_NOOP("Export", "Model (*.tflite)"), ".tflite"},
    {"c-array", QT_TRANSLATE_NOOP("Export", "C array for TensorFlow Lite Micro"),
     QT_TRANSLATE_NOOP("Export",
                       "A .cc and a .h file: the model as an aligned constant array, the size of "
                       "its arena, and the operators that the interpreter must know."),
     QT_TRANSLATE_NOOP("Export", "C array (*.cc)"), ".cc"},
    {"c-library", QT_TRANSLATE_NOOP("Export", "C library without an interpreter"),
     QT_TRANSLATE_NOOP("Export",
                       "A folder with our own runtime, one function to call, a self-test with an "
                       "input and the checksum of its output, and a Makefile for this machine and "
                       "an emulated Cortex-M4."),
     "", "_library"},
    {"report-pdf", QT_TRANSLATE_NOOP("Export", "Report for paper"),
     QT_TRANSLATE_NOOP("Export",
                       "A PDF on A4: the verdict, memory, layers, variations tried, accuracy with "
                       "its interval, conditions, what is not known, and the commands that repeat "
                       "it."),
     QT_TRANSLATE_NOOP("Export", "Report (*.pdf)"), ".pdf"},
    {"report-html", QT_TRANSLATE_NOOP("Export", "Report as a page"),
     QT_TRANSLATE_NOOP("Export", "The same as one HTML file, without scripts or other files."),
     QT_TRANSLATE_NOOP("Export", "Page (*.html)"), ".html"},
    {"csv", QT_TRANSLATE_NOOP("Export", "Table of the layers"),
     QT_TRANSLATE_NOOP("Export",
                       "Comma separated values: counts, memory, predicted time and "
                       "energy, and the source of each prediction."),
     QT_TRANSLATE_NOOP("Export", "Layers as CSV (*.csv)"), ".csv"},
    {"model-explorer", QT_TRANSLATE_NOOP("Export", "Node data for Model Explorer"),
     QT_TRANSLATE_NOOP("Export",
                       "A folder with one JSON file per figure, each of which colours the graph of "
                       "the .tflite above."),
     "", "_node_data"},
    {"netron", QT_TRANSLATE_NOOP("Export", "Attachment for Netron"),
     QT_TRANSLATE_NOOP("Export",
                       "One JSON file; opened beside the .tflite above, it adds the figures of "
                       "each layer to Netron's sidebar."),
     QT_TRANSLATE_NOOP("Export", "Attachment (*.json)"), ".json"},
};

QString exportTr(const char* text) {
    return QCoreApplication::translate("Export", text);
}

bool isReport(const ExportKind& kind) {
    return QString(kind.id).startsWith("report-");
}

/// How much the form is, as far as it is known before it is written.
QString sizeOf(const ExportKind& kind, const Evaluation& e) {
    const QString id = kind.id;
    const QString model = views::grouped(e.totals.modelBytes);
    if (id == "tflite") return exportTr("%1 bytes").arg(model);
    if (id == "c-array") return exportTr("%1 bytes of flash").arg(model);
    if (id == "c-library")
        return exportTr("arena of %1 bytes").arg(views::grouped(e.netcaliperPlan.arenaBytes));
    if (id == "csv" || id == "netron" || id == "model-explorer")
        return exportTr("%1 layers").arg(views::grouped(static_cast<int64_t>(e.layers.size())));
    return {};
}

QString commandOf(const ExportKind& kind, const Evaluation& e,
                  const report::CommandSubject& subject) {
    const std::string file = report::shellWord((proposedName(e) + kind.ending).toStdString());
    std::string text;
    for (const std::string& line : report::variationLines(subject))
        text += line + '\n';
    text += isReport(kind)
                ? report::commandLine("report", subject, "-o " + file)
                : report::commandLine("export", subject,
                                      std::string("--format ") + kind.id + " -o " + file, true);
    return QString::fromStdString(text);
}

Result<Files> asFiles(const Result<void>& written, const std::filesystem::path& path) {
    if (!written) return tl::unexpected(written.error());
    return Files{path};
}

Result<Files> writeKind(const ExportKind& kind, const report::ReportInput& input,
                        const std::filesystem::path& path) {
    const Evaluation& e = *input.reported;
    const QString id = kind.id;
    if (isReport(kind))
        return asFiles(document::saveDocument(report::modelReport(input), path), path);
    if (id == "c-array") return exporting::writeCArray(e, path);
    if (id == "c-library") return exporting::writeCLibrary(*e.graph, resourceDirectory(), path);
    if (id == "model-explorer") return exporting::writeModelExplorer(e, path);
    if (id == "netron") return asFiles(exporting::writeNetron(e, path), path);
    if (id == "csv") return asFiles(exporting::writeLayersCsv(e, path), path);
    return asFiles(tflite::write(*e.graph, path), path);
}

}  // namespace

std::span<const ExportKind> exportKinds() {
    return kKinds;
}

const ExportKind* exportKind(const QString& id) {
    for (const ExportKind& kind : kKinds)
        if (id == kind.id) return &kind;
    return nullptr;
}

QString proposedName(const Evaluation& evaluation) {
    QString name = QString::fromStdString(evaluation.graph->name);
    if (!evaluation.variation.isIdentity())
        name += '_' + QString::fromStdString(evaluation.variation.label());
    // Names come from files, and must not lead into another folder.
    return name.replace(' ', '_').replace('/', '_');
}

std::vector<views::ExportForm> exportForms(const Evaluation& evaluation,
                                           const report::CommandSubject& subject) {
    std::vector<views::ExportForm> forms;
    for (const ExportKind& kind : kKinds)
        forms.push_back({kind.id, exportTr(kind.title), exportTr(kind.what),
                         sizeOf(kind, evaluation), commandOf(kind, evaluation, subject)});
    return forms;
}

QString exportWarning(const Evaluation& evaluation) {
    if (!evaluation.datasetPath.empty() || evaluation.calibrationSource.empty()) return {};
    return exportTr(
               "The ranges of this model come from %1: choose data (Ctrl+D) before you use it.")
        .arg(QString::fromStdString(evaluation.calibrationSource));
}

Result<QStringList> exportTo(const ExportKind& kind, const report::ReportInput& input,
                             const QString& path) {
    const auto written = writeKind(kind, input, path.toStdString());
    if (!written) return tl::unexpected(written.error());
    QStringList files;
    for (const auto& file : *written)
        files << QString::fromStdString(file.string());
    return files;
}

}  // namespace app
