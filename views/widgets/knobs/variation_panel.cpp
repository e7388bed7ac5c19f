// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/knobs/variation_panel.h"

#include <QFormLayout>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "types/latency_basis.h"
#include "views/number_format.h"
#include "views/widgets/board_chooser.h"
#include "views/widgets/duty_box.h"
#include "views/widgets/fold_section.h"
#include "views/widgets/knobs/block_knobs.h"
#include "views/widgets/knobs/board_details.h"
#include "views/widgets/knobs/channel_knobs.h"
#include "views/widgets/knobs/compression_knobs.h"
#include "views/widgets/knobs/data_box.h"
#include "views/widgets/knobs/input_knobs.h"
#include "views/widgets/knobs/precision_knobs.h"
#include "views/widgets/knobs/rewrite_knobs.h"
#include "views/widgets/knobs/schedule_knobs.h"
#include "views/widgets/knobs/training_knobs.h"
#include "views/widgets/knobs/training_panel.h"

namespace views {

namespace {

/// "X-CUBE-AI, 8.1.0"; a version that begins with the runtime's name needs no name before it.
QString boardRuntime(const types::DeviceProfile& device) {
    const QString runtime = QString::fromStdString(device.runtime);
    const QString version = QString::fromStdString(device.runtimeVersion);
    if (version.isEmpty()) return runtime;
    const bool named = version.startsWith(runtime.section(' ', 0, 0));
    return named ? version : runtime + ", " + version;
}

}  // namespace

QString boardFacts(const types::DeviceProfile& device) {
    return QStringLiteral("%1 at %2 MHz\n%3 flash, %4 SRAM\n%5")
        .arg(QString::fromStdString(device.core))
        .arg(device.clockMhz)
        .arg(shortText(Unit::Bytes, static_cast<double>(device.flashBytes)),
             shortText(Unit::Bytes, static_cast<double>(device.sramBytes)), boardRuntime(device));
}

VariationPanel::VariationPanel(QWidget* parent) : QScrollArea(parent) {
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 8, 0, 8);
    column->setSpacing(0);
    buildBoard(*column);
    buildDuty(*column);
    buildSignature(*column);
    buildKnobs(*column);
    buildData(*column);
    buildTraining(*column);
    buildChanges(*column);
    column->addStretch();
    setWidget(content);
    setVariation({});
    setChanges({});
}

void VariationPanel::buildBoard(QVBoxLayout& column) {
    m_board = new BoardChooser;
    m_board->setMinimumContentsLength(12);
    m_boardFacts = new QLabel;
    m_boardFacts->setWordWrap(true);
    m_boardFacts->setForegroundRole(QPalette::PlaceholderText);
    m_boardDetails = new BoardDetails;
    m_boardSection = new FoldSection(tr("Memory and latency"), m_boardDetails, false);
    auto* form = new QFormLayout;
    form->setContentsMargins(8, 0, 8, 8);
    form->setHorizontalSpacing(8);
    form->addRow(tr("&Board"), m_board);
    form->addRow(m_boardFacts);
    column.addLayout(form);
    column.addWidget(m_boardSection);
    connect(m_board, &BoardChooser::deviceChosen, this, &VariationPanel::deviceChosen);
}

void VariationPanel::buildSignature(QVBoxLayout& column) {
    m_signature = newChoiceBox(tr("Signature"));
    m_signature->setToolTip(
        tr("The file holds several subgraphs that a program may run. This one is shown and varied; "
           "those that share its weights are varied alike."));
    m_signatureRow = new QWidget;
    auto* form = new QFormLayout(m_signatureRow);
    form->setContentsMargins(8, 0, 8, 8);
    form->setHorizontalSpacing(8);
    form->addRow(tr("Si&gnature"), m_signature);
    column.addWidget(m_signatureRow);
    connect(m_signature, qOverload<int>(&QComboBox::activated), this,
            [this](int index) { emit signatureChosen(m_signature->itemText(index)); });
    setSignatures({}, -1);
}

void VariationPanel::setSignatures(const QStringList& names, int shown) {
    m_signature->clear();
    m_signature->addItems(names);
    m_signature->setCurrentIndex(shown);
    m_signatureRow->setVisible(names.size() > 1);
}

void VariationPanel::buildDuty(QVBoxLayout& column) {
    m_duty = new DutyBox;
    m_dutySection = new FoldSection(tr("Duty cycle"), m_duty, false);
    column.addWidget(m_dutySection);
    connect(m_duty, &DutyBox::edited, this, &VariationPanel::dutyEdited);
    setDuty({});
}

void VariationPanel::buildKnobs(QVBoxLayout& column) {
    m_channels = new ChannelKnobs;
    m_blocks = new BlockKnobs;
    m_precision = new PrecisionKnobs;
    m_layers = new LayerKnobsBox;
    m_input = new InputKnobs;
    addKnobs(column, tr("Channels"), m_channels, true);
    m_blocksSection = addKnobs(column, tr("Blocks"), m_blocks, false);
    addKnobs(column, tr("Precision"), m_precision, true);
    addKnobs(column, tr("Compression"), new CompressionKnobs, false);
    addKnobs(column, tr("Schedule"), new ScheduleKnobsBox, false);
    addKnobs(column, tr("Picked layers"), m_layers, false);
    addKnobs(column, tr("Input size"), m_input, false);
    addKnobs(column, tr("Rewrites"), new RewriteKnobsBox, false);
    setBlocks({});
}

FoldSection* VariationPanel::addKnobs(QVBoxLayout& column, const QString& title, KnobBox* box,
                                      bool isOpen) {
    auto* section = new FoldSection(title, box, isOpen);
    column.addWidget(section);
    listen(*section, *box);
    return section;
}

void VariationPanel::listen(FoldSection& section, KnobBox& knobs) {
    m_sections.push_back({&section, &knobs});
    KnobBox* const box = &knobs;
    connect(box, &KnobBox::edited, this, [this](const types::Variation& variation) {
        setVariation(variation);
        emit variationEdited(variation);
    });
    connect(box, &KnobBox::finished, this, &VariationPanel::editFinished);
}

void VariationPanel::buildData(QVBoxLayout& column) {
    m_data = new DataBox;
    m_dataSection = new FoldSection(tr("Data"), m_data, true);
    column.addWidget(m_dataSection);
    connect(m_data, &DataBox::chooseRequested, this, &VariationPanel::dataRequested);
    connect(m_data, &DataBox::removeRequested, this, &VariationPanel::dataRemoved);
    setData({}, {});
}

/// The knobs of the training, and below them the training itself.
void VariationPanel::buildTraining(QVBoxLayout& column) {
    auto* content = new QWidget;
    auto* knobs = new TrainingKnobs;
    m_training = new TrainingPanel;
    auto* both = new QVBoxLayout(content);
    both->setContentsMargins(0, 0, 0, 0);
    both->setSpacing(0);
    both->addWidget(knobs);
    both->addWidget(m_training);
    m_trainingSection = new FoldSection(tr("Train"), content, false);
    column.addWidget(m_trainingSection);
    listen(*m_trainingSection, *knobs);
}

void VariationPanel::showTraining() {
    m_trainingSection->setOpen(true);
    ensureWidgetVisible(m_training);
}

void VariationPanel::buildChanges(QVBoxLayout& column) {
    m_changes = new QLabel;
    m_changes->setForegroundRole(QPalette::PlaceholderText);
    m_reset = new QPushButton(tr("Back to the original"));
    auto* box = new QVBoxLayout;
    box->setContentsMargins(8, 8, 8, 0);
    box->setSpacing(8);
    box->addWidget(m_changes);
    box->addWidget(m_reset);
    column.addLayout(box);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        emit variationEdited({});
        emit editFinished();
    });
}

void VariationPanel::setDevices(const std::vector<types::DevicePtr>& devices) {
    m_board->setDevices(devices);
}

void VariationPanel::setDevice(const types::DevicePtr& device) {
    m_board->chooseId(device ? QString::fromStdString(device->id) : QString());
    m_boardDetails->setDevice(device);
    m_boardSection->setVisible(device != nullptr);
    m_boardSection->setSummary(m_boardDetails->summary());
    // A board that gives no latency says at once what is missing.
    if (device && types::basisOf(*device) == types::LatencyBasis::None)
        m_boardSection->setOpen(true);
    m_boardFacts->setText(device ? boardFacts(*device) : tr("No board: sizes only."));
    m_duty->setDevice(device);
    m_boardFacts->setToolTip(device ? QString::fromStdString(device->source) : QString());
}

void VariationPanel::setVariation(const types::Variation& variation) {
    for (const Section& entry : m_sections)
        entry.knobs->setVariation(variation);
    m_reset->setEnabled(!(variation == types::Variation{}));
    summarize();
}

void VariationPanel::summarize() {
    for (const Section& entry : m_sections)
        entry.section->setSummary(entry.knobs->summary());
}

void VariationPanel::setDuty(const types::DutyCycle& duty) {
    m_duty->setDuty(duty);
    m_dutySection->setSummary(m_duty->summary());
}

void VariationPanel::setDutyText(const DutyText& text) {
    m_duty->setText(text);
}

void VariationPanel::setData(const QString& name, const QString& facts) {
    m_data->setData(name, facts);
    m_dataSection->setSummary(m_data->summary());
}

void VariationPanel::setInputShape(const types::Shape& shape) {
    m_input->setInputShape(shape);
    summarize();
}

void VariationPanel::setBlocks(const std::vector<types::ModelBlock>& blocks) {
    m_blocks->setBlocks(blocks);
    m_blocksSection->setVisible(!blocks.empty());
}

void VariationPanel::setPickedLayers(std::vector<PickedLayer> layers) {
    m_layers->setLayers(std::move(layers));
}

void VariationPanel::setChanges(const std::vector<std::string>& changes) {
    QStringList lines;
    for (const std::string& change : changes)
        lines << QString::fromStdString(change);
    m_changes->setToolTip(lines.mid(0, 40).join('\n'));
    m_changes->setVisible(!changes.empty());
    m_changes->setText(changes.size() == 1 ? tr("1 change to the model")
                                           : tr("%1 changes to the model").arg(changes.size()));
}

}  // namespace views
