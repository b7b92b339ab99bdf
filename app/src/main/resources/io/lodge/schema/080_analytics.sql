-- Product analytics (HIP-47): events, and what is summed up from them.
CREATE DATABASE IF NOT EXISTS analytics
