// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/session_detail.h"

#include <QComboBox>
#include <QLabel>
#include <QTabWidget>

#include "views/widgets/data_table.h"
#include "views/widgets/plain_column.h"
#include "views/widgets/plots/box_plot.h"
#include "views/widgets/plots/legend_strip.h"
#include "views/widgets/plots/mix_plot.h"
#include "views/widgets/plots/trace_plot.h"

namespace views {
namespace {

constexpr int kWidestLayerName = 240;
/// Beside the quantities, which count from 0, in the choice of the chart.
constexpr int kMixPerInference = -1, kMixPerMac = -2;

}  // namespace

QString conditionsText(const types::Session& session) {
    const types::Conditions& c = session.conditions;
    QStringList parts{QString::fromLatin1(types::sourceName(c.source))};
    const auto add = [&parts](const QString& name, const std::string& value) {
        if (!value.empty())
            parts << (name.isEmpty() ? QString() : name + ' ') + QString::fromStdString(value);
    };
    add({}, c.board);
    add({}, c.core);
    if (c.clockMhz > 0) parts << QObject::tr("%1 MHz").arg(c.clockMhz);
    add({}, c.runtime + (c.runtimeVersion.empty() ? "" : " " + c.runtimeVersion));
    add(QObject::tr("kernels"), c.kernels);
    add({}, c.compiler);
    add({}, c.flags);
    if (c.supplyVolts > 0) parts << QObject::tr("%1 V").arg(c.supplyVolts);
    add(QObject::tr("model"), c.modelName);
    add(QObject::tr("SHA-256"), c.modelHash.substr(0, 12));
    QString text = parts.join(QStringLiteral(" · "));
    for (const std::string& warning : session.warnings)
        text += "\n⚠ " + QString::fromStdString(warning);
    return text;
}

SessionDetail::SessionDetail(Selection& selection, QWidget* parent)
    : QWidget(parent), m_selection(selection) {
    m_conditions = new QLabel;
    m_conditions->setWordWrap(true);
    m_conditions->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_trace = new TracePlot;
    m_table = new DataTable;
    m_table->setSource(&m_measurements);
    m_table->setAccessibleName(tr("Measurements of the session"));
    m_mixTable = new DataTable;
    m_mixTable->setSource(&m_mixes);
    m_mixTable->setAccessibleName(tr("Instructions per layer"));
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(buildLayers(), tr("Chart"));
    m_tabs->addTab(m_table, tr("Table"));
    m_tabs->addTab(m_mixTable, tr("Instructions"));
    m_tabs->addTab(m_trace, tr("Power"));
    auto* column = columnIn(this);
    column->addWidget(m_conditions);
    column->addWidget(m_tabs, 1);
}

QWidget* SessionDetail::buildLayers() {
    m_quantity = new QComboBox;
    m_quantity->setAccessibleName(tr("Metric of the chart"));
    m_quantity->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_boxes = new BoxPlot;
    m_mix = new MixPlot;
    m_mixLegend = new LegendStrip;
    std::vector<LegendStrip::Item> classes;
    for (size_t c = 0; c < types::kInstructionClasses.size(); ++c)
        classes.push_back({instructionClassName(c), instructionClassColor(c)});
    m_mixLegend->setItems(std::move(classes));
    auto* header = new QHBoxLayout;
    header->addWidget(new QLabel(tr("Per layer:")));
    header->addWidget(m_quantity);
    header->addStretch();
    auto* layers = new QWidget;
    auto* column = columnIn(layers);
    column->addLayout(header);
    column->addWidget(m_mixLegend);
    column->addWidget(m_boxes, 3);
    column->addWidget(m_mix, 3);
    connect(m_quantity, qOverload<int>(&QComboBox::currentIndexChanged), this,
            &SessionDetail::showChart);
    m_boxes->follow(m_selection);
    m_mix->follow(m_selection);
    return layers;
}

void SessionDetail::setSession(const types::SessionPtr& session) {
    m_session = session;
    m_conditions->setText(conditionsText(*session));
    fillQuantities(*session);
    m_measurements.setSession(session);
    m_table->fitColumns(kWidestLayerName);
    m_mixes.setSession(*session);
    m_mixTable->fitColumns(kWidestLayerName);
    m_tabs->setTabEnabled(m_tabs->indexOf(m_mixTable), m_mixes.rowCount() > 0);
    m_trace->setSession(session);
    m_tabs->setTabEnabled(m_tabs->indexOf(m_trace), !session->traces.empty());
    showChart();
}

/// Quantities of the layers; those of a session that counted instructions begin with their mix.
void SessionDetail::fillQuantities(const types::Session& session) {
    const QSignalBlocker quiet(m_quantity);
    m_quantity->clear();
    if (hasMix(session)) {
        m_quantity->addItem(tr("Instructions by class"), kMixPerInference);
        m_quantity->addItem(tr("Instructions a MAC by class"), kMixPerMac);
    }
    for (types::Quantity quantity : layerQuantitiesOf(session))
        m_quantity->addItem(layerQuantityName(session, quantity), static_cast<int>(quantity));
}

void SessionDetail::showChart() {
    const bool hasLayers = m_quantity->count() > 0;
    const int choice = hasLayers ? m_quantity->currentData().toInt() : 0;
    m_quantity->setEnabled(hasLayers);
    m_boxes->setVisible(hasLayers && choice >= 0);
    m_mix->setVisible(hasLayers && choice < 0);
    m_mixLegend->setVisible(hasLayers && choice < 0);
    if (!hasLayers) return;
    const types::Session& session = *m_session;
    if (choice >= 0)
        m_boxes->setBoxes(sessionBoxes(session, types::Quantity(choice)));
    else
        m_mix->setBars(mixBars(session, choice == kMixPerMac ? MixPer::Mac : MixPer::Inference));
}

}  // namespace views
