// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/sample_strip.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "views/colors.h"
#include "views/models/training_text.h"

namespace views {
namespace {

constexpr int kStripGap = 4, kMostCell = 64;

/// Maps over time and frequency are no pictures: what a band means, others do not.
bool isFeatureMap(const types::AugmentedSample& sample) {
    return std::any_of(sample.changes.begin(), sample.changes.end(), [](const auto& change) {
        return change.step == types::AugmentationStep::MaskedBand;
    });
}

int levelOf(float value, float low, float high) {
    return high > low ? std::clamp(int(255 * (value - low) / (high - low)), 0, 255) : 128;
}

/// Low frequencies below, time to the right.
QImage featurePicture(const types::AugmentedSample& sample, const std::vector<float>& values) {
    const int times = sample.height, bands = sample.width;
    QImage image(times, bands, QImage::Format_RGB32);
    const auto at = [bands](const std::vector<float>& map, int time, int band) {
        return map[size_t(time * bands + band)];
    };
    for (int band = 0; band < bands; ++band) {
        float low = at(sample.before, 0, band), high = low;
        for (int time = 1; time < times; ++time) {
            low = std::min(low, at(sample.before, time, band));
            high = std::max(high, at(sample.before, time, band));
        }
        for (int time = 0; time < times; ++time) {
            const int level = levelOf(at(values, time, band), low, high);
            image.setPixel(time, bands - 1 - band, qRgb(level, level, level));
        }
    }
    return image;
}

}  // namespace

QImage pictureOf(const types::AugmentedSample& sample, const std::vector<float>& values) {
    if (isFeatureMap(sample)) return featurePicture(sample, values);
    QImage image(sample.width, sample.height, QImage::Format_RGB32);
    for (int y = 0; y < sample.height; ++y)
        for (int x = 0; x < sample.width; ++x) {
            const float* pixel = &values[size_t((y * sample.width + x) * sample.channels)];
            const auto level = [&](int channel) {
                return levelOf(pixel[sample.channels == 3 ? channel : 0], sample.low, sample.high);
            };
            image.setPixel(x, y, qRgb(level(0), level(1), level(2)));
        }
    return image;
}

SampleStrip::SampleStrip(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Samples before and after each variation"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void SampleStrip::setSamples(std::vector<types::AugmentedSample> samples) {
    m_samples = std::move(samples);
    m_pictures.clear();
    for (const types::AugmentedSample& sample : m_samples) {
        std::vector<QImage> row{pictureOf(sample, sample.before)};
        for (const auto& change : sample.changes)
            row.push_back(pictureOf(sample, change.values));
        m_pictures.push_back(std::move(row));
    }
    setVisible(!m_samples.empty());
    updateGeometry();
    update();
}

const QImage& SampleStrip::picture(int row, int column) const {
    return m_pictures[size_t(row)][size_t(column)];
}

int SampleStrip::columns() const {
    return m_samples.empty() ? 0 : int(m_samples[0].changes.size()) + 1;
}

QString SampleStrip::captionOf(int column) const {
    return column == 0 ? tr("as it is") : stepName(m_samples[0].changes[size_t(column - 1)].step);
}

/// As wide as the columns leave, with the sides of the pictures.
QSize SampleStrip::cell(int width) const {
    const QSize picture = m_pictures[0][0].size();
    const int side = std::min((width - kStripGap * (columns() - 1)) / columns(), kMostCell);
    // Flat maps are stretched, or their bands could not be told apart.
    if (isFeatureMap(m_samples[0])) return {side, side * 3 / 4};
    return picture.scaled(side, side, Qt::KeepAspectRatio);
}

QRect SampleStrip::cellAt(int row, int column) const {
    const QSize size = cell(width());
    const int pitch = std::min((width() + kStripGap) / columns(), kMostCell + kStripGap);
    return {QPoint(column * pitch, fontMetrics().height() + row * (size.height() + kStripGap)),
            size};
}

QSize SampleStrip::sizeHint() const {
    return {240, heightForWidth(240)};
}

int SampleStrip::heightForWidth(int width) const {
    if (m_samples.empty()) return 0;
    return fontMetrics().height() + int(m_samples.size()) * (cell(width).height() + kStripGap);
}

void SampleStrip::paintEvent(QPaintEvent*) {
    if (m_samples.empty()) return;
    QPainter painter(this);
    painter.setPen(mutedColor(palette()));
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.8);
    painter.setFont(small);
    const int pitch = cellAt(0, 1).left();
    for (int column = 0; column < columns(); ++column)
        painter.drawText(QRect(column * pitch, 0, pitch, fontMetrics().height()),
                         Qt::AlignLeft | Qt::AlignVCenter, captionOf(column));
    for (int row = 0; row < int(m_samples.size()); ++row)
        for (int column = 0; column < columns(); ++column)
            painter.drawImage(cellAt(row, column), picture(row, column));
}

bool SampleStrip::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (int row = 0; row < int(m_samples.size()); ++row)
        for (int column = 0; column < columns(); ++column)
            if (cellAt(row, column).contains(help->pos())) {
                const QString name = QString::fromStdString(m_samples[size_t(row)].name);
                QToolTip::showText(help->globalPos(), name + ": " + captionOf(column), this);
                return true;
            }
    QToolTip::hideText();
    return true;
}

}  // namespace views
