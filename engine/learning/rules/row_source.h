// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// RowSource: the rows that a convolution's products read. Long runs of a window are read in the
// image, which is padded first where windows leave it; short or grouped ones are copied to patches.

#include <vector>

#include "learning/kernels/products.h"
#include "learning/rules/sliding_window.h"

namespace learning {

class RowSource {
public:
    /// For chunks of up to `samples` samples.
    RowSource(const SlidingWindow& window, int32_t groups, size_t samples);

    /// Floats of one sample's copy; 0 where rows are read in the images.
    size_t copyFloats() const;
    /// Fills `copy` from `samples` samples of images; nothing where there is none.
    void fill(const float* images, size_t samples, float* copy) const;
    /// Rows of a group of channels, in images or their copy.
    Rows rows(const float* images, const float* copy, size_t samples, int32_t group = 0) const;
    const SlidingWindow& window() const { return m_window; }

private:
    enum class Form { Images, Padded, Patches };

    void placeRuns();
    void placeRows(size_t samples);

    SlidingWindow m_window;
    int32_t m_groups;
    Form m_form = Form::Patches;
    int32_t m_runLength = 0;
    std::vector<int32_t> m_runs, m_rows;
};

}  // namespace learning
