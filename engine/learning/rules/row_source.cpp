// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/rules/row_source.h"

namespace learning {
namespace {

constexpr int32_t kShortestRun = 8;

}  // namespace

RowSource::RowSource(const SlidingWindow& window, int32_t groups, size_t samples)
    : m_window(window), m_groups(groups) {
    // Columns of a window follow each other in memory unless they are dilated.
    m_runLength = window.dilationWidth == 1 ? window.width * window.channels : window.channels;
    const bool longRuns = m_runLength >= kShortestRun || window.taps() == 1;
    if (groups == 1 && longRuns) m_form = window.pads() ? Form::Padded : Form::Images;
    placeRuns();
    placeRows(samples);
}

void RowSource::placeRuns() {
    const SlidingWindow& w = m_window;
    if (m_form == Form::Patches) {
        m_runLength = w.taps() * w.channels / m_groups;
        m_runs = {0};
        return;
    }
    const int32_t perRow = w.width * w.channels / m_runLength;
    for (int32_t run = 0; run < w.height * perRow; ++run)
        m_runs.push_back(
            (run / perRow * w.dilationHeight * w.paddedWidth() + run % perRow * w.dilationWidth) *
            w.channels);
}

void RowSource::placeRows(size_t samples) {
    const SlidingWindow& w = m_window;
    // An image that no window leaves may have rows and columns that no window reads.
    const int32_t width = w.paddedWidth(), height = w.paddedHeight();
    for (int32_t image = 0; image < static_cast<int32_t>(samples) * w.images; ++image)
        for (int32_t p = 0; p < w.outHeight * w.outWidth; ++p) {
            const int32_t y = p / w.outWidth * w.strideHeight, x = p % w.outWidth * w.strideWidth;
            if (m_form == Form::Patches)
                m_rows.push_back((image * w.outHeight * w.outWidth + p) * w.taps() * w.channels);
            else
                m_rows.push_back(((image * height + y) * width + x) * w.channels);
        }
}

size_t RowSource::copyFloats() const {
    switch (m_form) {
        case Form::Images:
            return 0;
        case Form::Padded:
            return m_window.paddedFloats();
        default:
            return static_cast<size_t>(m_window.positions()) *
                   static_cast<size_t>(m_window.taps() * m_window.channels);
    }
}

void RowSource::fill(const float* images, size_t samples, float* copy) const {
    if (m_form == Form::Images) return;
    for (size_t s = 0; s < samples; ++s, images += m_window.inFloats(), copy += copyFloats())
        if (m_form == Form::Padded)
            padImages(m_window, images, copy);
        else
            gatherPatches(m_window, m_groups, images, copy);
}

Rows RowSource::rows(const float* images, const float* copy, size_t samples, int32_t group) const {
    const float* base = m_form == Form::Images ? images : copy;
    return {base + group * m_runLength,
            m_rows.data(),
            static_cast<int32_t>(samples) * m_window.positions(),
            m_runs.data(),
            static_cast<int32_t>(m_runs.size()),
            m_runLength};
}

}  // namespace learning
