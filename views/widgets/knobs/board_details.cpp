// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/knobs/board_details.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "types/latency_basis.h"
#include "views/number_format.h"

namespace views {
namespace {

QString fromStd(const std::string& text) {
    return QString::fromStdString(text);
}

QLabel* sentence() {
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QString latencyText(const types::DeviceProfile& device) {
    switch (types::basisOf(device)) {
        case types::LatencyBasis::None:
            return QObject::tr("Latency: no published layers");
        case types::LatencyBasis::OtherBoard:
            return QObject::tr("Latency: no layers of this board were measured");
        case types::LatencyBasis::Layers:
            break;
    }
    return QObject::tr("Latency: %1 layers of this board")
        .arg(grouped(types::measuredLayers(device)));
}

}  // namespace

BoardDetails::BoardDetails(QWidget* parent)
    : QWidget(parent),
      m_regions(new QGridLayout),
      m_latency(sentence()),
      m_bands(sentence()),
      m_source(sentence()),
      m_tenLayers(sentence()) {
    m_regions->setColumnStretch(0, 1);
    m_regions->setHorizontalSpacing(8);
    m_regions->setVerticalSpacing(2);
    for (QLabel* label : {m_bands, m_source, m_tenLayers})
        label->setForegroundRole(QPalette::PlaceholderText);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 0, 8, 8);
    column->setSpacing(4);
    column->addLayout(m_regions);
    for (QLabel* label : {m_latency, m_bands, m_source, m_tenLayers})
        column->addWidget(label);
}

void BoardDetails::clearRegions() {
    while (QLayoutItem* item = m_regions->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void BoardDetails::addRegion(const types::MemoryRegion& region) {
    const int row = m_regions->rowCount();
    auto* name = new QLabel(fromStd(region.name));
    auto* use = new QLabel(region.use == types::RegionUse::Data ? QString() : nameOf(region.use));
    auto* bytes = new QLabel(shortText(Unit::Bytes, static_cast<double>(region.bytes)));
    name->setWordWrap(true);
    use->setForegroundRole(QPalette::PlaceholderText);
    bytes->setAlignment(Qt::AlignRight | Qt::AlignTop);
    const QString tip =
        QStringLiteral("%1 bytes\n%2").arg(grouped(region.bytes), fromStd(region.source));
    int at = 0;
    for (QLabel* label : {name, use, bytes}) {
        label->setToolTip(tip);
        m_regions->addWidget(label, row, at++);
    }
}

void BoardDetails::setDevice(const types::DevicePtr& device) {
    clearRegions();
    m_summary.clear();
    if (!device) return;
    std::vector<types::MemoryRegion> regions = device->regions;
    if (regions.empty()) regions.push_back({"SRAM", device->sramBytes, device->source});
    regions.insert(regions.end(), device->otherRegions.begin(), device->otherRegions.end());
    for (const types::MemoryRegion& region : regions)
        addRegion(region);
    const bool isKnown = types::basisOf(*device) != types::LatencyBasis::None;
    m_latency->setText(latencyText(*device));
    m_bands->setText(fromStd(types::bandsText(*device)));
    m_bands->setVisible(isKnown);
    m_source->setText(tr("Source: %1").arg(fromStd(device->source)));
    m_tenLayers->setText(fromStd(types::tenLayersText(*device)));
    m_tenLayers->setVisible(!isKnown);
    const QString count =
        regions.size() == 1 ? tr("1 region") : tr("%1 regions").arg(regions.size());
    m_summary = isKnown ? count : tr("no latency");
}

}  // namespace views
