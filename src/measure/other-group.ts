/** The value of each label of the group that holds what does not fit. */
export const otherValue = 'other';
