// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Floats: zero-filled floats that begin on a cache line, with room for vectors that read beyond the
// end.

#include <algorithm>
#include <memory>
#include <new>

#include "learning/kernels/products.h"

namespace learning {

class Floats {
public:
    Floats() = default;
    explicit Floats(size_t count) : m_data(allocate(count)) {}

    float* data() { return m_data.get(); }
    const float* data() const { return m_data.get(); }

private:
    static constexpr std::align_val_t kLine{64};
    struct Free {
        void operator()(float* data) const { ::operator delete[](data, kLine); }
    };
    static float* allocate(size_t count) {
        auto* data = static_cast<float*>(::operator new[]((count + kSlack) * sizeof(float), kLine));
        std::fill_n(data, count + kSlack, 0.0f);
        return data;
    }

    std::unique_ptr<float[], Free> m_data;
};

}  // namespace learning
