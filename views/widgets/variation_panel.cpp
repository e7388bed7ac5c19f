// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/variation_panel.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <algorithm>
#include <cmath>

#include "views/number_format.h"

namespace views {
namespace {

constexpr int kSliderSteps = 100;  ///< slider value: width in hundredths
constexpr int kSmallestWidth = 10;

}  // namespace

QString boardFacts(const types::DeviceProfile& device) {
    return QStringLiteral("%1 at %2 MHz\n%3 flash, %4 SRAM\n%5")
        .arg(QString::fromStdString(device.core))
        .arg(device.clockMhz)
        .arg(shortText(Unit::Bytes, static_cast<double>(device.flashBytes)),
             shortText(Unit::Bytes, static_cast<double>(device.sramBytes)),
             QString::fromStdString(device.runtime));
}

VariationPanel::VariationPanel(QWidget* parent) : QWidget(parent) {
    auto* form = new QFormLayout(this);
    form->setContentsMargins(8, 8, 8, 8);
    form->setHorizontalSpacing(8);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    buildBoard(*form);
    buildWidth(*form);
    buildRounding(*form);
    m_reset = new QPushButton(tr("Back to the original"));
    m_changes = new QLabel;
    m_changes->setForegroundRole(QPalette::PlaceholderText);
    form->addRow(m_changes);
    form->addRow(m_reset);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        emit variationEdited({});
        emit editFinished();
    });
    setVariation({});
}

void VariationPanel::buildBoard(QFormLayout& form) {
    m_board = new QComboBox;
    m_board->setMinimumContentsLength(12);
    m_board->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_boardFacts = new QLabel;
    m_boardFacts->setForegroundRole(QPalette::PlaceholderText);
    form.addRow(tr("&Board"), m_board);
    form.addRow(m_boardFacts);
    connect(m_board, qOverload<int>(&QComboBox::activated), this,
            [this](int index) { emit deviceChosen(m_devices[static_cast<size_t>(index)]); });
}

void VariationPanel::buildWidth(QFormLayout& form) {
    m_width = new QDoubleSpinBox;
    m_width->setRange(kSmallestWidth / double(kSliderSteps), 1.0);
    m_width->setSingleStep(0.05);
    m_width->setKeyboardTracking(false);
    m_width->setToolTip(
        tr("Share of the channels that stay. The least important ones (smallest L1 "
           "norm) are removed for real."));
    m_slider = new QSlider(Qt::Horizontal);
    m_slider->setRange(kSmallestWidth, kSliderSteps);
    m_slider->setPageStep(5);
    m_slider->setToolTip(m_width->toolTip());
    m_slider->setAccessibleName(tr("Width"));
    form.addRow(tr("&Width"), m_width);
    form.addRow(m_slider);
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) {
        types::Variation next = m_variation;
        next.width = value / double(kSliderSteps);
        edit(next);
        if (!m_slider->isSliderDown()) emit editFinished();
    });
    connect(m_slider, &QSlider::sliderReleased, this, &VariationPanel::editFinished);
    connect(m_width, qOverload<double>(&QDoubleSpinBox::valueChanged), this, [this](double value) {
        types::Variation next = m_variation;
        next.width = std::round(value * kSliderSteps) / kSliderSteps;
        edit(next);
        emit editFinished();
    });
}

void VariationPanel::buildRounding(QFormLayout& form) {
    m_rounding = new QComboBox;
    for (int multiple : {1, 2, 4, 8, 16})
        m_rounding->addItem(multiple == 1 ? tr("not at all") : tr("multiples of %1").arg(multiple),
                            multiple);
    m_rounding->setToolTip(
        tr("Channel counts are rounded to these; kernels are faster at "
           "multiples of 4."));
    form.addRow(tr("R&ound to"), m_rounding);
    connect(m_rounding, qOverload<int>(&QComboBox::activated), this, [this] {
        types::Variation next = m_variation;
        next.channelMultiple = m_rounding->currentData().toInt();
        edit(next);
        emit editFinished();
    });
}

void VariationPanel::edit(const types::Variation& variation) {
    if (variation == m_variation) return;
    setVariation(variation);
    emit variationEdited(variation);
}

void VariationPanel::setDevices(const std::vector<types::DevicePtr>& devices) {
    m_devices = devices;
    m_board->clear();
    for (const types::DevicePtr& device : devices)
        m_board->addItem(QString::fromStdString(device->name));
    m_board->setEnabled(!devices.empty());
}

void VariationPanel::setDevice(const types::DevicePtr& device) {
    const auto found = std::find(m_devices.begin(), m_devices.end(), device);
    m_board->setCurrentIndex(found == m_devices.end() ? -1 : int(found - m_devices.begin()));
    m_boardFacts->setText(device ? boardFacts(*device) : tr("No board: sizes only."));
    m_boardFacts->setToolTip(device ? QString::fromStdString(device->source) : QString());
}

void VariationPanel::setVariation(const types::Variation& variation) {
    m_variation = variation;
    const QSignalBlocker quietSlider(m_slider), quietWidth(m_width), quietRounding(m_rounding);
    m_slider->setValue(static_cast<int>(std::lround(variation.width * kSliderSteps)));
    m_width->setValue(variation.width);
    const int index = m_rounding->findData(variation.channelMultiple);
    if (index >= 0) m_rounding->setCurrentIndex(index);
    m_reset->setEnabled(!(variation == types::Variation{}));
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
