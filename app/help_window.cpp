// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/help_window.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QMessageBox>
#include <QTabWidget>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <set>

#include "views/metric.h"

namespace app {
namespace {

struct Formula {
    const char* op;
    const char* macs;
    const char* rest;
};

/// Formulas of engine/analysis/count.cpp; out, in: elements of the output, of the input.
constexpr Formula kFormulas[] = {
    {"CONV_2D", "out × filter height × width × input channels", "out, where it has a bias"},
    {"DEPTHWISE_CONV_2D", "out × filter height × width", "out, where it has a bias"},
    {"TRANSPOSE_CONV", "in × output channels × filter height × width", "out, where it has a bias"},
    {"FULLY_CONNECTED", "out × input length", "out, where it has a bias"},
    {"BATCH_MATMUL", "out × inner length", "—"},
    {"SVDF", "feature filters + time filters", "out, where it has a bias"},
    {"UNIDIRECTIONAL_SEQUENCE_LSTM", "steps × elements of all gate weights", "17 × out"},
    {"AVERAGE_POOL_2D", "—", "out × taps"},
    {"MAX_POOL_2D", "—", "out × (taps − 1)"},
    {"MEAN", "—", "in + out"},
    {"SOFTMAX", "—", "5 × out"},
    {"QUANTIZE, DEQUANTIZE, LEAKY_RELU, PRELU", "—", "2 × out"},
    {"ADD, SUB, MUL and other element-wise operators", "—", "out"},
    {"RESHAPE, PAD, TRANSPOSE and other data movement", "—", "none"},
};

QString cell(const QString& text) {
    return "<td style='padding: 2px 16px 2px 0'>" + text.toHtmlEscaped() + "</td>";
}

QTextBrowser* browserOf(const QString& html) {
    auto* browser = new QTextBrowser;
    browser->setFrameShape(QFrame::NoFrame);
    browser->setHtml(html);
    browser->document()->setDocumentMargin(16);
    return browser;
}

}  // namespace

QString shortcutsHtml(const QWidget& window) {
    QString rows;
    std::set<QString> seen;
    for (const QAction* action : window.findChildren<QAction*>()) {
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        if (keys.isEmpty() || !seen.insert(keys).second) continue;
        QString text = action->iconText().isEmpty() ? action->text() : action->iconText();
        text.remove('&');
        rows += "<tr>" + cell(keys) + cell(text) + "</tr>";
    }
    const auto extra = [&](const QString& keys, const QString& text) {
        rows += "<tr>" + cell(keys) + cell(text) + "</tr>";
    };
    extra("Ctrl+C", QObject::tr("in a table: copy the selected rows as tab separated values"));
    extra("Left, Right", QObject::tr("in the chart: the layer before or after"));
    extra("Arrow keys", QObject::tr("in the graph: along the edges and to the neighbours"));
    extra("+, -, 0", QObject::tr("in the graph: zoom, show everything"));
    extra("Enter", QObject::tr("in the graph: unfold or fold a repeated block"));
    extra("/, F3", QObject::tr("in the graph: search, next match"));
    extra("Context menu",
          QObject::tr("copy a table as CSV or Markdown, save a chart as PNG or SVG"));
    return "<table>" + rows + "</table>";
}

QString definitionsHtml() {
    QString html = "<h3>" + QObject::tr("Figures") + "</h3><table>";
    for (int i = 0; i <= static_cast<int>(views::Metric::LatencyGapUs); ++i) {
        const auto metric = static_cast<views::Metric>(i);
        html += "<tr>" + cell(views::headerText(metric)) + cell(views::info(metric).definition) +
                "</tr>";
    }
    html += "</table><h3>" + QObject::tr("Duty cycle") + "</h3><p>" +
            QObject::tr(
                "Average power = (energy of one inference + power asleep × rest of the period) ÷ "
                "period. A battery lasts its energy ÷ average power; its own discharge and a "
                "converter's losses are not counted. Bands are those of latency and energy.") +
            "</p>";
    html += "<h3>" + QObject::tr("Profiles") + "</h3><p>" +
            QObject::tr(
                "Error = predicted ÷ measured − 1. A band holds where the measured value lies in "
                "it; one of 90 % should hold for nine in ten layers that the profile was not "
                "fitted to.") +
            "</p>";
    html += "<h3>" + QObject::tr("Training") + "</h3><p>" +
            QObject::tr(
                "The original learns from the labels first, and is the teacher of the varied "
                "model. A part of the data trains, another chooses the best epoch, a third, which "
                "training never sees, judges. Beside the result stands the original trained alike: "
                "what it gains is no merit of the smaller model. Nothing trains until you start "
                "it; a trained variation is kept in the project with its weights, and undo shows "
                "it untrained.") +
            "</p>";
    html += "<h3>" + QObject::tr("MACs and ops") + "</h3><p>" +
            QObject::tr(
                "Ops = 2 × MACs + other arithmetic. Taps in the padding count; "
                "requantization does not.") +
            "</p><table><tr>" + cell("Operator") + cell("MACs") + cell("other arithmetic") +
            "</tr>";
    for (const Formula& formula : kFormulas)
        html += "<tr>" + cell(formula.op) + cell(formula.macs) + cell(formula.rest) + "</tr>";
    return html + "</table>";
}

void showHelp(QWidget& window) {
    auto* dialog = new QDialog(&window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(QObject::tr("Shortcuts and definitions"));
    dialog->resize(760, 560);
    auto* tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    tabs->addTab(browserOf(shortcutsHtml(window)), QObject::tr("Shortcuts"));
    tabs->addTab(browserOf(definitionsHtml()), QObject::tr("Definitions"));
    auto* column = new QVBoxLayout(dialog);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(tabs);
    dialog->show();
}

void showAbout(QWidget& window) {
    QMessageBox::about(
        &window, QObject::tr("About Netcaliper"),
        QObject::tr("<p><b>Netcaliper %1</b></p><p>Fits neural networks onto "
                    "microcontrollers: every figure is counted, planned or run, and says where it "
                    "comes from.</p><p>Free software under the GNU General Public License, version "
                    "3 or later. It uses Qt and Qt Charts.</p>")
            .arg(QCoreApplication::applicationVersion()));
}

}  // namespace app
