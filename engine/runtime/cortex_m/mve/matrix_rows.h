// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Product of four rows of a packed matrix with a vector of bytes.

#include "runtime/cortex_m/mve/requantize_mve.h"
#include "runtime/cortex_m/packed_recurrent.h"

namespace runtime {

/// Reads a matrix block by block.
class MatrixRows {
public:
    MatrixRows(const Call& call, const PackedMatrix& matrix, const int8_t* x)
        : m_weights(call.array<int8_t>(matrix.weights)),
          m_biases(call.array<int32_t>(matrix.biases)),
          m_x(x),
          m_vectors(matrix.depth / kBytes) {}

    int32x4_t next() {
        int32_t a0 = m_biases[0], a1 = m_biases[1], a2 = m_biases[2], a3 = m_biases[3];
        const int8_t* x = m_x;
        const int8_t* w = m_weights;
        for (int32_t n = m_vectors; n > 0; --n, x += kBytes, w += 4 * kBytes) {
            const int8x16_t vx = vldrbq_s8(x);
            a0 = vmladavaq_s8(a0, vx, vldrbq_s8(w));
            a1 = vmladavaq_s8(a1, vx, vldrbq_s8(w + kBytes));
            a2 = vmladavaq_s8(a2, vx, vldrbq_s8(w + 2 * kBytes));
            a3 = vmladavaq_s8(a3, vx, vldrbq_s8(w + 3 * kBytes));
        }
        m_weights = w;
        m_biases += kChannelBlock;
        return fourOf(a0, a1, a2, a3);
    }

private:
    static constexpr int32_t kBytes = 16;

    const int8_t* m_weights;
    const int32_t* m_biases;
    const int8_t* m_x;
    int32_t m_vectors;
};

}  // namespace runtime
